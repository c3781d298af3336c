// Fetches the list again while somebody looks at it. On a slow link the old one just stays longer.
const EVERY = 15_000;

async function fetched(list) {
  try {
    const answer = await fetch(list.dataset.fresh, { signal: AbortSignal.timeout(EVERY) });
    if (answer.redirected || answer.status === 401) location.assign("/provider/login");
    else if (answer.ok) return await answer.text();
  } catch (offline) {
    // The next time may succeed.
  }
  return null;
}

export function setUpFresh() {
  const list = document.querySelector("[data-fresh]");
  if (!list) return;
  let last = null;
  const look = async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    const html = await fetched(list);
    if (html === null || html === last) return;
    const grown = last !== null && html.split('"row offer"').length > last.split('"row offer"').length;
    last = html;
    list.innerHTML = html; // our own page's part, escaped by the server
    if (grown && navigator.vibrate) navigator.vibrate([200, 100, 200]);
  };
  setInterval(look, EVERY);
  addEventListener("visibilitychange", look);
  look();
}
