// Hears from the hotline while nobody writes: what an operator says, and how things stand.

const FIRST_WAIT = 1000; // milliseconds until a broken stream is opened again
const LONGEST_WAIT = 30000;

/** Reads server-sent events from a response, however they are cut into pieces. */
async function* eventsOf(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const blocks = text.split(/\r\n\r\n|\n\n/);
    text = blocks.pop();
    for (const block of blocks) {
      const event = {};
      for (const line of block.split(/\r?\n/)) {
        const at = line.indexOf(": ");
        if (at > 0) event[line.slice(0, at)] = line.slice(at + 2);
      }
      if (event.event && event.data) yield { kind: event.event, ...JSON.parse(event.data) };
    }
  }
}

/**
 * Follows one sender's conversation. `told(event)` gets every event of POST /api/chat/live.
 * Returns {stop()}. While the page is out of sight nothing is asked; it catches up on return.
 */
export function follow(sender, after, told) {
  let wait = FIRST_WAIT;
  let stopped = false;
  let broken = null;
  let timer = 0;

  async function listen() {
    if (stopped || broken || document.hidden || !window.ReadableStream) return;
    broken = new AbortController();
    let isFinal = false;
    try {
      const response = await fetch(`${document.documentElement.dataset.api}/live`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(after === null ? { sender_id: sender } : { sender_id: sender, after }),
        signal: broken.signal,
      });
      isFinal = response.status >= 400 && response.status < 500 && response.status !== 429;
      if (response.ok) {
        for await (const event of eventsOf(response)) {
          if (stopped) return;
          wait = FIRST_WAIT;
          after = event.kind === "place" ? event.after : event.id || after;
          told(event);
        }
      }
    } catch (failure) {
      // Below it is tried again; sending tells the elder when the hotline can't be reached.
    }
    broken = null;
    if (stopped || isFinal || document.hidden) return;
    timer = setTimeout(listen, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function seen() {
    clearTimeout(timer);
    if (!document.hidden) listen();
    else if (broken) broken.abort();
  }

  document.addEventListener("visibilitychange", seen);
  listen();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
      if (broken) broken.abort();
    },
  };
}
