// The big screen: what waits is counted on, the clock goes, and a sign-in that is nothing but a
// screen's stays on.
import { setUpMerge } from "./merge.js";
import { used } from "./session.js";
import { now, setUpWaiting } from "./waiting.js";

const STAYS_EVERY = 120_000; // milliseconds

function tick() {
  const place = document.querySelector("[data-clock]");
  const shown = new Date(now() * 1000).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
  if (place && place.textContent !== shown) place.textContent = shown;
}

// An account that may see figures and nothing else isn't signed out for want of hands.
if ("stays" in document.getElementById("screen").dataset) setInterval(used, STAYS_EVERY);

setUpMerge();
setUpWaiting();
tick();
setInterval(tick, 1000);
addEventListener("htmx:sseMessage", tick);
addEventListener("desk:signed-in", () => location.reload());
