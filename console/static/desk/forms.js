// Forms that post: asked first where [data-sure] says so, sent once, and never into a sign-in that
// is over, which would lose what was typed. [data-own] marks those that look after themselves.
import { tell } from "./tell.js";
import { isOn } from "./session.js";

export function ask(question) {
  const dialog = document.getElementById("desk-sure");
  dialog.querySelector("h2").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function isPlain(form) {
  const byHtmx = form.matches("[hx-post], [data-hx-post], [hx-put], [hx-delete]");
  return form.method === "post" && !byHtmx && !("own" in form.dataset);
}

async function send(form, button) {
  if (form.dataset.sure && !(await ask(form.dataset.sure))) return;
  try {
    if (!(await isOn())) return;
  } catch (unreachable) {
    tell("没有接通，还没送出。请过一会儿再按一次。");
    return;
  }
  // submit() says nothing of the button; its name and value go along by hand.
  if (button?.name) {
    const value = document.createElement("input");
    Object.assign(value, { type: "hidden", name: button.name, value: button.value });
    form.append(value);
  }
  form.submit();
}

export function setUpForms() {
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!isPlain(form)) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    await send(form, event.submitter);
    form.ariaBusy = null;
  });
  // Coming back through the browser's history finds the form as it was left: busy.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null;
  });
  addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question).then((yes) => { if (yes) event.detail.issueRequest(true); });
  });
}
