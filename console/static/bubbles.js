// Turns what was said into bubbles. Texts are only ever set as text, never as markup.

export function fromTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/**
 * One entry of the conversation as elements:
 * {by: "elder", text, urgent, problem: null | {kind, sentence}}, {by: "reply", text, sources},
 * {by: "operator", name, text}, {by: "silence"}, {by: "note"}.
 * `on` has the functions again(entry), mend(entry), read(entry, button).
 */
export function draw(entry, on) {
  if (entry.by === "silence") return [fromTemplate("silence-said")];
  if (entry.by === "note") return [fromTemplate("handed-back")];
  if (entry.by === "operator") return [drawOperator(entry, on)];
  if (entry.by === "reply") return [drawReply(entry, on)];
  const said = fromTemplate("elder-said");
  said.querySelector(".text").textContent = entry.text;
  return entry.problem ? [said, drawProblem(entry, on)] : [said];
}

function drawOperator(entry, on) {
  const bubble = drawReply({ text: entry.text, sources: [] }, on);
  bubble.classList.add("person");
  bubble.querySelector(".who").textContent = `坐席 ${entry.name}`;
  return bubble;
}

function drawReply(entry, on) {
  const bubble = fromTemplate("reply-said");
  bubble.querySelector(".text").textContent = entry.text;
  const sources = bubble.querySelector(".sources");
  if (entry.sources.length) sources.querySelector("span").textContent = entry.sources.join("；");
  else sources.remove();
  const button = bubble.querySelector(".read");
  button.addEventListener("click", () => on.read(entry, button));
  return bubble;
}

function drawProblem(entry, on) {
  const { kind, sentence } = entry.problem;
  const card = fromTemplate("problem-" + kind);
  if (sentence) card.querySelector(".text").textContent = sentence;
  const again = card.querySelector(".again");
  const mend = card.querySelector(".mend");
  if (again) again.addEventListener("click", () => on.again(entry));
  if (mend) mend.addEventListener("click", () => on.mend(entry));
  return card;
}
