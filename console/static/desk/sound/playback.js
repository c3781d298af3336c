// In the audio thread: PCM that came is played evenly, however unevenly it came.
const CUSHION = Math.round(sampleRate * 0.06); // samples that are waited for after a gap
const MOST = Math.round(sampleRate * 0.3); // what would add up beyond this is dropped
const TELL = Math.round(sampleRate / 10);

class Playback extends AudioWorkletProcessor {
  waiting = []; // Int16Arrays
  first = 0; // samples of the first that are played already
  count = 0;
  fills = true;
  loudest = 0;
  told = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.take(new Int16Array(data));
  }

  take(samples) {
    this.waiting.push(samples);
    this.count += samples.length;
    if (this.count > MOST) while (this.count > CUSHION) this.next();
  }

  next() {
    const value = this.waiting[0][this.first];
    this.first += 1;
    this.count -= 1;
    if (this.first === this.waiting[0].length) {
      this.waiting.shift();
      this.first = 0;
    }
    return value / 32768;
  }

  process(_inputs, [output]) {
    const sound = output[0];
    for (let i = 0; i < sound.length; i += 1) {
      if (this.count >= CUSHION) this.fills = false;
      if (!this.count) this.fills = true;
      sound[i] = this.fills ? 0 : this.next();
      this.loudest = Math.max(this.loudest, Math.abs(sound[i]));
    }
    for (let channel = 1; channel < output.length; channel += 1) output[channel].set(sound);
    this.told += sound.length;
    if (this.told >= TELL) {
      this.port.postMessage(this.loudest);
      this.told = 0;
      this.loudest = 0;
    }
    return true;
  }
}

registerProcessor("playback", Playback);
