// A list that grows ([data-merge]) keeps what it has: a swap of the whole would be read out again
// by screen readers, lose what is selected, and jump.
function isAtEnd(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight < 60;
}

export function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

function merge(list, html) {
  const wasAtEnd = isAtEnd(list);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const wanted = [...fresh.content.children];
  const ids = new Set(wanted.map((item) => item.id));
  for (const old of [...list.children]) if (!ids.has(old.id)) old.remove();
  wanted.forEach((item, place) => {
    const old = document.getElementById(item.id);
    if (!old) list.insertBefore(item, list.children[place] || null);
    else if (old.innerHTML !== item.innerHTML) old.replaceChildren(...item.childNodes);
  });
  if (wasAtEnd) toEnd(list);
}

// What each part was last sent as. A stream that begins sends everything, and what is there already
// must not be put there again: somebody may be typing in it.
const shown = new Map();

function isNew(part, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (shown.get(part) === fresh.innerHTML) return false;
  shown.set(part, fresh.innerHTML);
  return true;
}

// Before anything on the page is changed by a script.
export function setUpMerge() {
  for (const part of document.querySelectorAll("[sse-swap]")) shown.set(part, part.innerHTML);
  for (const list of document.querySelectorAll("[data-merge]")) toEnd(list);
  addEventListener("htmx:sseBeforeMessage", (event) => {
    const { target: part, detail } = event;
    if (isNew(part, detail.data) && !part.matches("[data-merge]")) return;
    event.preventDefault();
    if (part.matches("[data-merge]")) merge(part, detail.data);
  });
}
