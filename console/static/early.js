// Runs before the first paint, so that letters don't jump to their size afterwards.
document.documentElement.classList.add("has-script");
try {
  document.documentElement.dataset.size = localStorage.getItem("size") || "1";
} catch (blocked) {
  document.documentElement.dataset.size = "1";
}
