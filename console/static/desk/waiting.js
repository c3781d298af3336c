// Counts how long somebody has waited, by the server's clock, and lets what is late stand out.
const meta = document.querySelector('meta[name="server-now"]');
const ahead = meta ? Number(meta.content) - performance.timeOrigin / 1000 - responseEnd() : 0;

function responseEnd() {
  const [page] = performance.getEntriesByType("navigation");
  return page ? page.responseStart / 1000 : 0;
}

// Seconds since 1970 on the server; the computer on the desk may be minutes off.
export function now() {
  return (performance.timeOrigin + performance.now()) / 1000 + ahead;
}

function spelled(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
}

function show() {
  for (const time of document.querySelectorAll("time.since")) {
    const seconds = now() - Number(time.dataset.since);
    time.textContent = spelled(seconds);
    time.classList.toggle("late", seconds > Number(time.dataset.goal || Infinity));
  }
}

export function setUpWaiting() {
  show();
  setInterval(show, 1000);
  addEventListener("htmx:afterSettle", show);
  addEventListener("htmx:sseMessage", show);
}
