// One key does what [data-key] names: follows a link, presses a button, goes to a field.
// Never while somebody writes, and not at all for whoever turned it off (WCAG 2.2, 2.1.4).
import { read } from "./settings.js";

const WRITING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

function visible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

function labelled() {
  return [...document.querySelectorAll("[data-key]")].filter(visible);
}

function act(element) {
  const gone = element.matches("input, textarea, select, summary, [tabindex='-1']");
  if (gone) element.focus();
  if (!gone || element.matches("summary")) element.click();
}

function nameOf(element) {
  const label = element.labels?.[0]?.textContent;
  return (element.getAttribute("aria-label") || label || element.textContent).trim();
}

function showKeys(dialog) {
  const list = dialog.querySelector("dl");
  list.replaceChildren();
  const known = labelled().map((element) => [element.dataset.key, nameOf(element)]);
  for (const [key, name] of [...known, ["?", "看快捷键"]]) {
    const [row, term, text] = ["div", "dt", "dd"].map((kind) => document.createElement(kind));
    const sign = document.createElement("kbd");
    sign.textContent = key;
    term.append(sign);
    text.textContent = name;
    row.append(term, text);
    list.append(row);
  }
  dialog.showModal();
}

export function setUpKeys() {
  addEventListener("keydown", (event) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (elsewhere || event.repeat || event.defaultPrevented || read("keys", "on") === "off") return;
    if (event.target.closest?.(WRITING) || document.querySelector("dialog[open]")) return;
    const help = document.getElementById("desk-keys");
    if (event.key === "?" && help) {
      event.preventDefault();
      showKeys(help);
      return;
    }
    const found = labelled().find((element) => element.dataset.key === event.key);
    if (found) {
      event.preventDefault();
      act(found);
    }
  });
}
