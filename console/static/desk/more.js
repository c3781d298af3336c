// The pages of the bar under 更多: what opens over the page closes again by Escape, by a press beside
// it, and when the keyboard goes on.
export function setUpMore() {
  const more = document.querySelector(".more");
  if (!more) return;
  const label = more.querySelector("summary");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open || document.querySelector("dialog[open]")) return;
    more.open = false;
    label.focus();
  });
  addEventListener("pointerdown", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
  more.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !more.contains(event.relatedTarget)) more.open = false;
  });
}
