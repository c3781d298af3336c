// Reads the elder's QR code with the camera: by the browser itself where it can, else by a library
// that is fetched only then.
const EVERY = 200;

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  await import(document.querySelector("meta[name=scan-library]").content); // sets window.jsQR
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    brush.drawImage(video, 0, 0);
    const { data, width, height } = brush.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height)?.data;
  };
}

async function scan(form) {
  const video = form.querySelector("video");
  const told = form.querySelector(".scan-told");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (refused) {
    told.textContent = "打不开相机，请把码填在下面。";
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  told.textContent = "把服务码放在画面里。";
  try {
    await video.play();
    const read = await reader();
    let code;
    while (!code && stream.active) {
      if (video.videoWidth) code = await read(video);
      if (!code) await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
    if (!code) return;
    form.querySelector("[name=code]").value = code;
    if (form.dataset.scan === "keep") told.textContent = "码扫到了。";
    else form.requestSubmit();
  } catch (broken) {
    told.textContent = "这部手机扫不了，请把码填在下面。";
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.hidden = true;
  }
}

export function setUpScan() {
  for (const form of document.querySelectorAll("form[data-scan]")) {
    const button = form.querySelector(".scan");
    if (!navigator.mediaDevices?.getUserMedia) continue;
    button.hidden = false;
    button.addEventListener("click", () => scan(form));
  }
}
