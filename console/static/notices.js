// What stays on the screen while an alarm is open or a person is on the way.
import { fromTemplate } from "./bubbles.js";

const emergency = document.getElementById("emergency");
const handover = document.getElementById("handover");

/** `state` is {emergency, handover, ref, person}; `person` is the operator who talks with them, or
 *  null. Touches nothing that is right already: a screen reader would say it again. */
export function show(state) {
  const wanted = state.emergency ? state.ref || "" : null;
  const shown = emergency.firstElementChild ? emergency.dataset.ref : null;
  if (wanted !== shown) {
    emergency.replaceChildren();
    if (state.emergency) {
      const banner = fromTemplate("emergency-open");
      const ref = banner.querySelector(".ref");
      if (state.ref) ref.querySelector("b").textContent = state.ref;
      else ref.remove();
      emergency.dataset.ref = wanted;
      emergency.append(banner);
    }
  }
  const served = state.handover ? state.person || "" : null;
  if (served !== (handover.firstElementChild ? handover.dataset.person : null)) {
    handover.replaceChildren();
    if (state.handover) {
      const banner = fromTemplate(served ? "person-here" : "handover-open");
      if (served) banner.querySelector("b").textContent = served;
      handover.dataset.person = served;
      handover.append(banner);
    }
  }
}
