// What pages of callers, alarms and call-backs do beside desk.js.
import { setUpAlarm } from "./alarm.js";
import { setUpMerge } from "./merge.js";
import { setUpSays } from "./says.js";
import { setUpTalk } from "./talk.js";
import { setUpWaiting } from "./waiting.js";

setUpMerge();
setUpAlarm();
setUpSays();
setUpTalk();
setUpWaiting();

// A stream ends with its sign-in, and comes back by itself a while after the next one: at once only
// where nothing typed could get lost.
addEventListener("desk:signed-in", () => {
  const typed = [...document.querySelectorAll("main textarea, main input:not([type=hidden])")];
  if (typed.every((field) => field.value === field.defaultValue)) location.reload();
});
