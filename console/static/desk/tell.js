// One short sentence at the bottom of the page, read out by screen readers, gone after a while.
const SHOWN = 6000; // milliseconds
let timer = 0;

export function tell(sentence) {
  const place = document.getElementById("desk-told");
  place.textContent = sentence;
  clearTimeout(timer);
  timer = setTimeout(() => { place.textContent = ""; }, SHOWN);
}
