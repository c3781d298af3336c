// The switch between three sizes of letters.
import { browser } from "./kept.js";

export function setUpSizes(buttons) {
  function choose(size) {
    document.documentElement.dataset.size = size;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    }
  }
  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(button.dataset.size);
      browser.write("size", Number(button.dataset.size));
    });
  }
  const known = Array.from(buttons, (button) => button.dataset.size);
  const kept = String(browser.read("size", 1));
  choose(known.includes(kept) ? kept : "1");
}
