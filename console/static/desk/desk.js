// What every page of the desk does. Each part is a file of its own beside this one.
import { setUpForms } from "./forms.js";
import { setUpKeys } from "./keys.js";
import { setUpMore } from "./more.js";
import { setUpSession } from "./session.js";
import { setUpSettings } from "./settings.js";
import { tell } from "./tell.js";

setUpForms();
setUpKeys();
setUpMore();
setUpSession();
setUpSettings();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      tell("复制好了。");
    } catch (refused) {
      tell("浏览器不让复制，请手工选中。");
    }
  });
}
