// A headset: microphone and loudspeaker of this computer at the two ends of a WebSocket.
import { read } from "../settings.js";

const HERE = new URL(".", import.meta.url);
const RATE = 16000; // what a telephone's best codec carries; more is only more to send
const BEHIND = 32000; // octets that may wait to be sent: then the network is too slow

// Why there is no sound, in a sentence that says what to do. Codes of the socket are the server's.
const REFUSED = {
  NotAllowedError: "浏览器没有允许用麦克风。点地址栏左边的小锁，把麦克风改成允许，再接一次。",
  NotFoundError: "没有找到麦克风。插好耳麦，再接一次。",
  NotReadableError: "麦克风被别的程序占着。关掉那个程序，再接一次。",
  insecure: "这个网页没有加密，浏览器不给用麦克风。请用话机接，或者请管理员开通 https。",
  4401: "登录结束了，请重新登录。",
  4403: "这个电话不归您接。",
  4410: "电话断了，或者已经不在您手上。",
  4412: "管这个电话的机器没有回应。过一会儿再接；还不行，就给老人打回去。",
};
const OTHERWISE = "声音没有接通，请再接一次。";

export function why(error) {
  return REFUSED[error.code] || REFUSED[error.name] || REFUSED[error.message] || OTHERWISE;
}

async function microphone() {
  if (!navigator.mediaDevices) throw new Error("insecure");
  const clean = read("clean", "on") === "on";
  return navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: clean, noiseSuppression: clean, autoGainControl: clean },
  });
}

// Some browsers take a microphone only at the computer's own rate.
async function connected(stream) {
  for (const options of [{ sampleRate: RATE, latencyHint: "interactive" }, { latencyHint: "interactive" }]) {
    const context = new AudioContext(options);
    try {
      return [context, context.createMediaStreamSource(stream)];
    } catch (otherRate) {
      await context.close();
    }
  }
  throw new Error("no rate");
}

export class Headset {
  muted = false;

  // `levels` gets how loud each side is, 0 to 1; `ended` why it ended, or null when asked to.
  constructor({ levels, ended }) {
    this.levels = levels;
    this.ended = ended;
  }

  // `path` of the WebSocket, with or without a query. Throws what `why` explains.
  async open(path) {
    try {
      this.stream = await microphone();
      const [context, source] = await connected(this.stream);
      this.context = context;
      await context.audioWorklet.addModule(new URL("capture.js", HERE));
      await context.audioWorklet.addModule(new URL("playback.js", HERE));
      this.capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
      this.playback = new AudioWorkletNode(context, "playback", { numberOfInputs: 0 });
      source.connect(this.capture);
      this.playback.connect(context.destination);
      this.playback.port.onmessage = ({ data }) => this.levels({ theirs: data });
      await context.resume();
      await this.plug(path);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  plug(path) {
    const address = new URL(path, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    address.searchParams.set("rate", this.context.sampleRate);
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onmessage = ({ data }) => this.playback.port.postMessage(data, [data]);
    this.capture.port.onmessage = ({ data: { pcm, level } }) => {
      this.levels({ mine: this.muted ? 0 : level });
      if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > BEHIND) return;
      socket.send(this.muted ? new ArrayBuffer(pcm.byteLength) : pcm);
    };
    return new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onclose = (event) => {
        reject(event);
        if (this.socket === socket) this.close(event);
      };
    });
  }

  // A tone in the ears, without anybody at the other end.
  beep(seconds = 1) {
    const tone = this.context.createOscillator();
    const volume = this.context.createGain();
    tone.frequency.value = 440;
    volume.gain.value = 0.2;
    tone.connect(volume).connect(this.context.destination);
    tone.start();
    tone.stop(this.context.currentTime + seconds);
  }

  close(why = null) {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    for (const track of this.stream?.getTracks() || []) track.stop();
    if (this.context && this.context.state !== "closed") this.context.close();
    if (socket) this.ended(why);
  }
}
