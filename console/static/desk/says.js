// An answer that was looked up goes into the field in which one writes to an elder: on this page, or
// on the conversation's page that the search was begun from.
import { tell } from "./tell.js";

const KEPT = "desk.says";

function put(text) {
  const field = document.getElementById("text");
  if (!field) return false;
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n${text}` : text;
  field.focus();
  return true;
}

async function say(text, conversation) {
  if (put(text)) return;
  if (conversation) {
    sessionStorage.setItem(KEPT, JSON.stringify({ conversation, text }));
    location.assign(`/desk/conversations/${conversation}`);
    return;
  }
  try {
    await navigator.clipboard.writeText(text);
    tell("这里没有在写的回话，已经复制好了。");
  } catch (refused) {
    tell("这里没有在写的回话。先接起一位，再查。");
  }
}

function takeKept() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  if (!kept || location.pathname !== `/desk/conversations/${kept.conversation}`) return;
  sessionStorage.removeItem(KEPT);
  if (!put(kept.text)) tell("先接过来，才能回话。");
}

export function setUpSays() {
  takeKept();
  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-says]");
    if (!button) return;
    const asked = document.querySelector("form[data-conversation]");
    say(document.getElementById(button.dataset.says).textContent, asked?.dataset.conversation);
  });
}
