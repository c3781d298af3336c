// Runs before the first paint, so that the colours don't change afterwards.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
root.classList.add("has-script");

function paint() {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("desk.scheme") || "auto";
  } catch (blocked) {
    // Without storage the computer's own choice is the best there is.
  }
  const fits = chosen === "light" || chosen === "dark";
  root.dataset.scheme = fits ? chosen : dark.matches ? "dark" : "light";
}

paint();
dark.addEventListener("change", paint);
addEventListener("storage", paint); // chosen in another window
addEventListener("desk:settings", paint);
