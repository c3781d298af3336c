// In the audio thread: the microphone as 16-bit PCM, 20 ms a message, with its level.
const FRAME = Math.round(sampleRate / 50);

class Capture extends AudioWorkletProcessor {
  frame = new Int16Array(FRAME);
  filled = 0;
  loudest = 0;

  process([input]) {
    const sound = input[0]; // nothing as long as no microphone is connected
    for (let i = 0; sound && i < sound.length; i += 1) {
      const value = Math.max(-1, Math.min(1, sound[i]));
      this.loudest = Math.max(this.loudest, Math.abs(value));
      this.frame[this.filled] = Math.round(value * 32767);
      this.filled += 1;
      if (this.filled === FRAME) this.send();
    }
    return true;
  }

  send() {
    this.port.postMessage({ pcm: this.frame.buffer, level: this.loudest }, [this.frame.buffer]);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.loudest = 0;
  }
}

registerProcessor("capture", Capture);
