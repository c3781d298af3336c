// A caller's telephone call in the conversation's page. The part comes anew whenever something
// changes, so what it shows is painted onto it each time.
import { used } from "../session.js";
import { tell } from "../tell.js";
import { Headset, why } from "./headset.js";

const AGAIN = [500, 1500, 3000]; // milliseconds until the next try when the network broke
const FINAL = [4401, 4403, 4410, 4412]; // codes of the socket after which no try is of use

const LOUD = 0.05;

let headset = null;
let part = null; // what one does in the call
let tries = 0;
let begun = false; // by itself, once for a page
const levels = { mine: 0, theirs: 0 };

function paint() {
  const line = document.querySelector("[data-sound]");
  if (!line) return;
  const on = headset !== null;
  line.dataset.on = String(on);
  for (const each of line.querySelectorAll("[data-when]")) each.hidden = (each.dataset.when === "on") !== on;
  const mute = line.querySelector("[data-mute]");
  mute.setAttribute("aria-pressed", String(Boolean(headset?.muted)));
  mute.textContent = headset?.muted ? "开麦" : "静音";
}

function show(heard) {
  if (heard.mine > LOUD) used(); // whoever talks is here, even if they touch no key
  for (const [side, level] of Object.entries(heard)) {
    levels[side] = Math.max(level, levels[side] * 0.8);
    const meter = document.querySelector(`[data-level="${side}"]`);
    if (meter) meter.value = levels[side];
  }
}

function ended(event) {
  headset = null;
  paint();
  if (event === null) return;
  if (FINAL.includes(event.code) || tries >= AGAIN.length) tell(why(event));
  else {
    setTimeout(() => plug(part), AGAIN[tries]);
    tries += 1;
  }
}

async function plug(wanted) {
  const line = document.querySelector("[data-sound]");
  if (headset || !line) return;
  const opened = new Headset({ levels: show, ended });
  headset = opened;
  part = wanted;
  try {
    await opened.open(`${line.dataset.sound}?part=${part}`);
    tries = 0;
  } catch (error) {
    headset = null;
    tell(why(error));
  }
  paint();
}

function changed() {
  paint();
  const line = document.querySelector("[data-sound]");
  if (!line) headset?.close();
  else if ("auto" in line.dataset && !begun) {
    begun = true;
    plug("operator");
  }
}

addEventListener("click", ({ target }) => {
  // Leaving the page would leave the caller: while somebody talks, links open beside it.
  const link = target.closest?.("a[href]");
  if (link && headset) link.target = "_blank";
  const opener = target.closest?.("[data-plug]");
  if (opener) plug(opener.dataset.plug);
  if (target.closest?.("[data-unplug]")) {
    tries = AGAIN.length;
    headset?.close();
  }
  if (target.closest?.("[data-mute]") && headset) {
    headset.muted = !headset.muted;
    paint();
  }
});
addEventListener("htmx:sseMessage", changed);
addEventListener("pagehide", () => headset?.close());
changed();
