// An alarm that nobody has taken is heard, stands in the window's title, and tells of itself when
// the window is out of sight: all three as long as #alert says so, and no longer.
import { read } from "./settings.js";

const EVERY = 2500; // milliseconds from one sound to the next
const TONES = [880, 660, 880]; // Hz
const LONG = 0.18; // seconds each

const title = document.title;
const told = new Set();
let sound = null; // made by a press: browsers give no sound before
let mine = !navigator.locks; // of several windows one sounds
let timer = 0;
let flip = false;

function unanswered() {
  return [...document.querySelectorAll("#alert [data-alarm]")];
}

function ring() {
  if (!mine || !sound || sound.state !== "running" || read("sound", "on") === "off") return;
  TONES.forEach((pitch, place) => {
    const [tone, volume] = [sound.createOscillator(), sound.createGain()];
    const start = sound.currentTime + place * (LONG + 0.04);
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.35, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + LONG);
    tone.connect(volume).connect(sound.destination);
    tone.start(start);
    tone.stop(start + LONG);
  });
  document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang || 0) + 1);
}

function notify(alarms) {
  for (const { dataset } of alarms) {
    if (told.has(dataset.alarm)) continue;
    told.add(dataset.alarm);
    if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") continue;
    // Anybody may see the screen: what kind, not who or where.
    const note = new Notification(`报警：${dataset.tells}`, { body: "还没有人接。", tag: dataset.alarm, requireInteraction: true });
    note.addEventListener("click", () => { window.focus(); location.assign(`/desk/alarms/${dataset.alarm}`); });
  }
}

function remind() {
  const alarms = unanswered();
  flip = !flip && alarms.length > 0;
  document.title = flip ? `【${alarms.length} 个报警】${alarms[0].dataset.tells}` : title;
  if (alarms.length) ring();
  else stop();
}

function stop() {
  clearInterval(timer);
  timer = 0;
  document.title = title;
}

function look() {
  const alarms = unanswered();
  notify(alarms);
  if (alarms.length && !timer) {
    remind();
    timer = setInterval(remind, EVERY);
  } else if (!alarms.length && timer) {
    stop();
  }
}

function offer() {
  const place = document.querySelector(".loud");
  const silent = !sound || sound.state !== "running";
  const unasked = "Notification" in window && Notification.permission === "default";
  if (place) place.hidden = !(silent || unasked);
}

// Any press is enough for the sound; the button asks for notifications, too.
async function allow(event) {
  const asks = event.target.closest?.("#loud") && "Notification" in window;
  if (asks) await Notification.requestPermission();
  sound ??= new AudioContext();
  // A press that the browser doesn't count, such as Shift, leaves this open until one that counts.
  if (sound.state !== "running") sound.resume().then(offer);
  offer();
}

export function setUpAlarm() {
  if (!document.getElementById("alert")) return;
  navigator.locks?.request("desk.alarm", () => { mine = true; return new Promise(() => {}); });
  addEventListener("click", allow);
  addEventListener("keydown", allow);
  addEventListener("htmx:sseMessage", look);
  offer();
  look();
}
