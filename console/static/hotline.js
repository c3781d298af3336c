// The way to the assistant: POST /api/chat, or where else the page was told to write.

const PATIENCE = 15000; // milliseconds; the assistant itself gives up on its dialogue engine sooner

/** The assistant can't be reached, or failed. */
export class Unreached extends Error {}

/** The assistant won't take this text, and says why in one sentence. */
export class Refused extends Error {
  constructor(sentence, later) {
    super(sentence);
    this.later = later; // the same text may be taken in a moment
  }
}

/** Answers {replies, flags, alarm_ref}; throws Unreached or Refused. */
export async function ask(sender, text) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  let response, answer;
  try {
    response = await fetch(document.documentElement.dataset.api, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sender_id: sender, text }),
      signal: giveUp.signal,
    });
    answer = await response.json();
  } catch (failure) {
    throw new Unreached();
  } finally {
    clearTimeout(timer);
  }
  if (response.ok && answer && Array.isArray(answer.replies) && answer.flags) return answer;
  const sentence = answer && answer.detail;
  if (response.status >= 400 && response.status < 500 && typeof sentence === "string") {
    throw new Refused(sentence, response.status === 429);
  }
  throw new Unreached();
}

/** A random name for this browser's conversation. */
export function newSender() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "web-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
