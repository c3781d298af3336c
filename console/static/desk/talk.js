// Writing to an elder: Enter sends, and what was sent leaves the field. What ends a talk is asked in
// a dialog.
import { toEnd } from "./merge.js";

export function setUpTalk() {
  addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-sends]") || event.key !== "Enter") return;
    // While pinyin is being turned into characters, Enter belongs to the input method.
    if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  addEventListener("htmx:afterRequest", ({ target, detail }) => {
    // htmx counts 422 among the answers that are shown (base.html), so the status decides.
    if (!(detail.xhr.status < 400) || !target.matches?.("[data-clears]")) return;
    target.reset();
    const said = document.getElementById("said");
    if (said) toEnd(said);
  });
  addEventListener("click", ({ target }) => {
    const opener = target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (target.closest?.("[data-shuts]")) target.closest("dialog").close();
  });
}
