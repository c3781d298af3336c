// The elders' page: what is said, what is answered, and what the page remembers.
import { draw, fromTemplate } from "./bubbles.js";
import { Refused, ask, newSender } from "./hotline.js";
import { browser, tab } from "./kept.js";
import { follow } from "./live.js";
import { show as showNotices } from "./notices.js";
import { setUpSizes } from "./size.js";
import * as speech from "./speech.js";

const find = (id) => document.getElementById(id);
const log = find("log");
const status = find("status");
const words = find("words");
const confirm = find("confirm");

const TWICE = 700; // milliseconds; a trembling finger presses twice within
const CALM = { emergency: false, handover: false, ref: null, person: null };

let sender = browser.read("sender", null);
let entries = tab.read("said", []); // see bubbles.js
let drawn = new Map(); // entry → its elements
let flags = tab.read("flags", CALM);
let newest = 0; // the latest question whose flags are shown
let asked = 0;
let waiting = 0;
let last = { text: null, at: -TWICE };
let following = null; // the stream of what operators say

// --- saying and answering ----------------------------------------------------------------------

function say(text, urgent = false) {
  const now = performance.now();
  if (text === last.text && now - last.at < TWICE) return;
  last = { text, at: now };
  quiet();
  const entry = { by: "elder", text, urgent, problem: null };
  add(entry);
  bringToTop(entry);
  send(entry);
}

async function send(entry) {
  const conversation = sender;
  const number = ++asked;
  changeWaiting(+1);
  try {
    const answer = await ask(conversation, entry.text);
    if (conversation !== sender) return;
    answered(answer, number);
  } catch (failure) {
    if (conversation !== sender) return;
    entry.problem = problemOf(failure, entry);
    redraw(entry);
  } finally {
    if (conversation === sender) changeWaiting(-1);
  }
  bringToTop(entry);
}

function answered(answer, number) {
  const replies = answer.replies.map(({ text, sources }) => ({
    by: "reply",
    text,
    sources: sources || [],
  }));
  replies.forEach(add);
  if (!replies.length && !flags.person) add({ by: "silence" });
  if (number > newest) {
    newest = number;
    const { emergency, handover } = answer.flags;
    setFlags({ emergency, handover, ref: answer.alarm_ref, person: handover ? flags.person : null });
  }
  if (isAloud()) readOut(replies, null);
  listen();
}

// --- hearing from operators --------------------------------------------------------------------

function listen() {
  following = following || follow(sender, tab.read("after", null), heard);
}

function heard(event) {
  if (event.kind === "state") {
    const { emergency, handover, alarm_ref, person } = event;
    if (flags.person && !handover) add({ by: "note" });
    setFlags({ emergency, handover, ref: alarm_ref, person });
    return;
  }
  tab.write("after", event.id || event.after);
  if (event.kind !== "said") return;
  const entry = event.by
    ? { by: "operator", name: event.by, text: event.text }
    : { by: "reply", text: event.text, sources: [] };
  add(entry);
  bringToTop(entry);
  if (isAloud()) readOut([entry], null);
}

function problemOf(failure, entry) {
  if (failure instanceof Refused) {
    return { kind: failure.later ? "busy" : "refused", sentence: failure.message };
  }
  return { kind: entry.urgent ? "urgent" : "network", sentence: null };
}

const on = {
  again(entry) {
    forget(entry);
    entry.problem = null;
    add(entry);
    words.focus({ preventScroll: true });
    send(entry);
  },
  mend(entry) {
    forget(entry);
    words.value = [entry.text, words.value].filter(Boolean).join("\n");
    keepDraft();
    words.focus();
  },
  read(entry, button) {
    const isReading = button.classList.contains("reading");
    quiet();
    if (!isReading) readOut([entry], button);
  },
};

// --- the log -----------------------------------------------------------------------------------

function add(entry) {
  status.replaceChildren(...(waiting ? [fromTemplate("thinking")] : []));
  entries.push(entry);
  drawn.set(entry, draw(entry, on));
  log.append(...drawn.get(entry));
  tab.write("said", entries);
}

function redraw(entry) {
  const before = drawn.get(entry);
  const after = draw(entry, on);
  before[0].before(...after);
  before.forEach((element) => element.remove());
  drawn.set(entry, after);
  tab.write("said", entries);
}

function forget(entry) {
  entries = entries.filter((other) => other !== entry);
  drawn.get(entry).forEach((element) => element.remove());
  drawn.delete(entry);
  tab.write("said", entries);
}

/** A question is shown at the top, so that its answer is read from the beginning. */
function bringToTop(entry) {
  const elements = drawn.get(entry);
  if (elements) elements[0].scrollIntoView({ block: "start" });
}

function changeWaiting(by) {
  waiting += by;
  const isShown = Boolean(status.querySelector(".thinking"));
  if (waiting > 0 !== isShown) status.replaceChildren(...(waiting ? [fromTemplate("thinking")] : []));
}

function setFlags(next) {
  flags = next;
  tab.write("flags", flags);
  showNotices(flags);
  keepClear();
}

// --- reading aloud -----------------------------------------------------------------------------

const aloud = find("aloud");
const isAloud = () => aloud.getAttribute("aria-checked") === "true" && speech.canRead();

function readOut(replies, button) {
  quiet();
  if (button) button.classList.add("reading");
  speech.read(
    replies.map((reply) => reply.text),
    quiet,
  );
}

function quiet() {
  speech.stop();
  for (const button of log.querySelectorAll(".reading")) button.classList.remove("reading");
}

function showVoice() {
  document.documentElement.classList.toggle("can-read", speech.canRead());
}

aloud.setAttribute("aria-checked", String(browser.read("aloud", false)));
aloud.addEventListener("click", () => {
  const turnedOn = aloud.getAttribute("aria-checked") !== "true";
  aloud.setAttribute("aria-checked", String(turnedOn));
  browser.write("aloud", turnedOn);
  if (!turnedOn) quiet();
});
speech.onVoices(showVoice);
window.addEventListener("pagehide", speech.stop);

// --- writing -----------------------------------------------------------------------------------

const keepDraft = () => tab.write("draft", words.value);

function sayWords() {
  const text = words.value.trim();
  if (!text) {
    words.focus();
    return;
  }
  words.value = "";
  keepDraft();
  say(text);
}

find("talk").addEventListener("submit", (event) => {
  event.preventDefault();
  sayWords();
});

words.addEventListener("input", keepDraft);
words.addEventListener("keydown", (event) => {
  // While pinyin is being turned into characters, Enter belongs to the input method.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  sayWords();
});

for (const button of document.querySelectorAll("[data-says]")) {
  button.addEventListener("click", () => say(button.dataset.says));
}

// --- asking for help ---------------------------------------------------------------------------

find("urgent").addEventListener("click", () => {
  if (confirm.showModal) confirm.showModal();
  else confirm.setAttribute("open", ""); // old browsers show it without holding the page still
});

function closeConfirm() {
  if (confirm.close) confirm.close();
  else confirm.removeAttribute("open");
}

find("confirm-no").addEventListener("click", closeConfirm);
find("confirm-yes").addEventListener("click", () => {
  closeConfirm();
  say(find("urgent").dataset.urgent, true);
});

// --- beginning ---------------------------------------------------------------------------------

function begin() {
  if (following) following.stop();
  following = null;
  tab.write("after", null);
  sender = newSender();
  browser.write("sender", sender);
  quiet();
  entries = [];
  drawn = new Map();
  waiting = 0;
  last = { text: null, at: -TWICE };
  log.replaceChildren();
  tab.write("said", entries);
  words.value = "";
  keepDraft();
  setFlags(CALM);
}

find("restart").addEventListener("click", () => {
  begin();
  status.replaceChildren(fromTemplate("restarted"));
  window.scrollTo({ top: 0 });
});

/** Sticky parts must not cover what has the focus, at any size of letters. */
function keepClear() {
  const style = document.documentElement.style;
  style.setProperty("--above", `${find("notices").offsetHeight}px`);
  style.setProperty("--below", `${find("talk").offsetHeight}px`);
}

function resume() {
  const kept = entries;
  entries = [];
  log.setAttribute("aria-busy", "true");
  for (const entry of kept) {
    // The page went away before the answer came: nobody knows whether it was heard.
    const isLost = entry.by === "elder" && !entry.problem && entry === kept[kept.length - 1];
    if (isLost) entry.problem = { kind: entry.urgent ? "urgent" : "network", sentence: null };
    add(entry);
  }
  log.removeAttribute("aria-busy");
  words.value = tab.read("draft", "");
  showNotices(flags);
  if (kept.length) listen();
}

setUpSizes(document.querySelectorAll("[data-size]:not(html)"));
showVoice();
if (window.ResizeObserver) {
  const observer = new ResizeObserver(keepClear);
  observer.observe(find("notices"));
  observer.observe(find("talk"));
}
if (sender) resume();
else begin();
