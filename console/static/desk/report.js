// The button beside the files; what is printed is report.css's business.
document.querySelector("[data-print]").addEventListener("click", () => window.print());
