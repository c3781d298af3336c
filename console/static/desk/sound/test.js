// The page that tries a headset: a tone, one's own voice a second later, and how loud it is.
import { Headset, why } from "./headset.js";

const place = document.getElementById("headset");
const problem = place.querySelector("[role=alert]");
const meters = { mine: place.querySelector('[data-level="mine"]'), theirs: place.querySelector('[data-level="theirs"]') };
let headset = null;

function paint() {
  for (const each of place.querySelectorAll("[data-when]")) each.hidden = (each.dataset.when === "on") !== Boolean(headset);
}

function ended(event) {
  headset = null;
  for (const meter of Object.values(meters)) meter.value = 0;
  if (event) say(why(event));
  paint();
}

function say(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

function levels(heard) {
  for (const [side, level] of Object.entries(heard)) {
    meters[side].value = Math.max(level, meters[side].value * 0.8);
    if (level > 0.02) place.dataset[side] = "heard";
  }
}

place.querySelector("[data-begin]").addEventListener("click", async () => {
  say("");
  const opened = new Headset({ levels, ended });
  try {
    await opened.open("/desk/headset/sound");
    headset = opened;
  } catch (error) {
    say(why(error));
  }
  paint();
});
place.querySelector("[data-tone]").addEventListener("click", () => headset?.beep());
place.querySelector("[data-end]").addEventListener("click", () => headset?.close());
addEventListener("pagehide", () => headset?.close());
paint();
