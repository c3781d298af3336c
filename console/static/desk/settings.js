// Choices that belong to this computer rather than to the account.
export function read(name, fallback) {
  try {
    return localStorage.getItem(`desk.${name}`) || fallback;
  } catch (blocked) {
    return fallback;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(`desk.${name}`, value);
  } catch (blocked) {
    // The choice holds for this page alone.
  }
  dispatchEvent(new Event("desk:settings"));
}

const DEFAULTS = { scheme: "auto", keys: "on", clean: "on" };

export function setUpSettings() {
  for (const group of document.querySelectorAll("[data-setting]")) {
    const name = group.dataset.setting;
    const chosen = read(name, DEFAULTS[name]);
    for (const radio of group.querySelectorAll("input")) {
      radio.checked = radio.value === chosen;
      radio.addEventListener("change", () => write(name, radio.value));
    }
  }
}
