// What providers' pages do beyond plain forms; each works without it, too.
import { setUpCountdowns } from "./countdown.js";
import { setUpFresh } from "./fresh.js";
import { setUpForms } from "./forms.js";
import { setUpPictures } from "./picture.js";
import { setUpScan } from "./scan.js";

setUpCountdowns();
setUpFresh();
setUpForms();
setUpPictures();
setUpScan();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/provider/worker.js", { scope: "/provider" });
