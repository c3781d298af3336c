// 还剩 3 分 20 秒: counts on from the seconds in [data-left], whatever the telephone's own clock says.
const ends = new WeakMap();

function show(element) {
  const now = performance.now() / 1000;
  if (!ends.has(element)) ends.set(element, now + Number(element.dataset.left));
  const left = Math.max(0, Math.round(ends.get(element) - now));
  const minutes = Math.floor(left / 60);
  if (minutes >= 60) return; // the server's words are enough: nobody watches hours go by
  element.classList.toggle("warn", left < 120);
  element.textContent = left ? `还剩 ${minutes} 分 ${left % 60} 秒` : "时间到了";
}

export function setUpCountdowns() {
  const all = () => document.querySelectorAll("[data-left]").forEach(show);
  all();
  setInterval(all, 1000);
}
