// The sign-in while a page is open: kept on while somebody works, and when it ended anyway, asked
// for over the page, so that nothing typed is lost.
import { tell } from "./tell.js";

const HERE = "/desk/here";
const USED_EVERY = 60_000; // milliseconds between two notes that somebody is here
const WARNED_BEFORE = 120; // seconds
const headers = () => ({ "X-CSRF-Token": token() });

let told = Date.now();
let timer = 0;

function token() {
  return document.querySelector('meta[name="csrf-token"]').content;
}

function keep(csrf) {
  document.querySelector('meta[name="csrf-token"]').content = csrf;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": csrf }));
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = csrf;
}

// Whether somebody is signed in here; asks for the password when not. Other parts of a page that
// fetch by themselves call it after a 401, or a 403 that they didn't expect.
export async function isOn() {
  const answer = await fetch(HERE);
  if (answer.status === 401) {
    askAgain();
    return false;
  }
  if (!answer.ok) throw new Error("no answer");
  const { csrf, name, seconds } = await answer.json();
  if (name !== document.body.dataset.name) {
    // Somebody else signed in through another window: this page is not theirs.
    location.reload();
    return false;
  }
  keep(csrf);
  watch(seconds);
  return true;
}

function askAgain() {
  const dialog = document.getElementById("desk-again");
  if (dialog.open) return;
  document.getElementById("desk-idle").hidden = true;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector('[type="password"]').focus();
}

async function signIn(event) {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector(".notice");
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: headers() });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.detail);
    problem.hidden = true;
    keep(said.csrf);
    form.reset();
    form.closest("dialog").close("in");
    tell("登录好了。刚才没送出的，请再按一次。");
    dispatchEvent(new Event("desk:signed-in")); // streams begin anew
    await isOn();
  } catch (error) {
    problem.textContent = error instanceof TypeError ? "没有接通，请再试一次。" : error.message;
    problem.hidden = false;
    for (const field of form.querySelectorAll('[type="password"], [name="code"]')) field.value = "";
    form.querySelector('[type="password"]').focus();
  }
}

export async function used() {
  if (Date.now() - told < USED_EVERY && document.getElementById("desk-idle").hidden) return;
  told = Date.now();
  try {
    const answer = await fetch(HERE, { method: "POST", headers: headers() });
    if (answer.ok) document.getElementById("desk-idle").hidden = true;
    await isOn();
  } catch (unreachable) {
    // The next movement tells it again.
  }
}

function watch(seconds) {
  clearTimeout(timer);
  document.getElementById("desk-idle").hidden = seconds > WARNED_BEFORE;
  // Asked again a moment after the end, and shortly before it: another window may have been used.
  const wait = seconds > WARNED_BEFORE ? seconds - WARNED_BEFORE : seconds + 1;
  timer = setTimeout(() => isOn().catch(() => watch(WARNED_BEFORE)), Math.max(1, wait) * 1000);
}

export function setUpSession() {
  const dialog = document.getElementById("desk-again");
  if (!dialog) return; // nobody is signed in on this page
  dialog.querySelector("form").addEventListener("submit", signIn);
  // Escape would leave a page that looks alive and isn't; pressed twice, it can't be prevented.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (dialog.returnValue !== "in") askAgain(); });
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    addEventListener(kind, used, { passive: true, capture: true });
  }
  addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 401) askAgain();
    else {
      const kind = detail.xhr.getResponseHeader("content-type") || "";
      tell(kind.startsWith("text/plain") ? detail.xhr.responseText : "没有成功，请再试一次。");
      if (detail.xhr.status === 403) isOn().catch(() => {});
    }
  });
  addEventListener("htmx:sendError", () => tell("没有接通，还没送出。请再按一次。"));
  addEventListener("htmx:sseError", () => isOn().catch(() => {}));
  isOn().catch(() => watch(WARNED_BEFORE + 60));
}
