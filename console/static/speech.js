// Reading aloud with the browser's own voice, slowly.

const RATE = 0.85;
const LONGEST = 100; // characters; some browsers fall silent in the middle of longer texts
const DIGITS = "零幺二三四五六七八九";
const COUNTED = "元块角万亿岁个人张平小分公米名家份天年月日号楼栋室斤次户%.";

const synth = window.speechSynthesis;

/** False when there is no voice, or only voices of other languages. */
export function canRead() {
  if (!synth || !window.SpeechSynthesisUtterance) return false;
  const voices = synth.getVoices();
  // Many browsers name their voices late, some never: an empty list says nothing.
  return voices.length === 0 || voices.some(isChinese);
}

/** Calls back whenever the answer of canRead() may have changed. */
export function onVoices(callback) {
  if (synth && synth.addEventListener) synth.addEventListener("voiceschanged", callback);
}

let reading = 0;

/** Reads the texts one after the other; whatever was being read stops. */
export function read(texts, whenDone) {
  stop();
  const mine = ++reading;
  const pieces = texts.flatMap((text) => inPieces(sayable(text)));
  const voices = synth.getVoices().filter(isChinese);
  const voice = voices.find((one) => one.localService) || voices[0];
  let left = pieces.length;
  const done = () => {
    if (mine === reading && --left <= 0) whenDone();
  };
  for (const piece of pieces) {
    const utterance = new SpeechSynthesisUtterance(piece);
    utterance.lang = "zh-CN";
    utterance.rate = RATE;
    if (voice) utterance.voice = voice;
    utterance.onend = utterance.onerror = done;
    synth.speak(utterance);
  }
}

export function stop() {
  reading += 1;
  if (synth) synth.cancel();
}

function isChinese(voice) {
  return /^(zh|cmn)/i.test(voice.lang);
}

/** Numbers that one dials or notes down are said digit by digit: 12349, 单号3071. Amounts stay. */
function sayable(text) {
  const spell = (digits) => Array.from(digits, (digit) => DIGITS[Number(digit)]).join("");
  return text
    .replace(/(单号[^\d。，,]{0,4})(\d{4})(?!\d)/g, (_all, before, ref) => before + spell(ref))
    .replace(/(^|[^\d.])(\d{5,}|110|119|120)(?![\d.])(.?)/g, (all, before, digits, after) =>
      after && COUNTED.includes(after) ? all : before + spell(digits) + after,
    );
}

function inPieces(text) {
  const pieces = [];
  for (const part of text.match(/[^。！？；!?;\n]+[。！？；!?;\n]*/g) || []) {
    const last = pieces.length - 1;
    if (last >= 0 && pieces[last].length + part.length <= LONGEST) pieces[last] += part;
    else pieces.push(part);
  }
  return pieces;
}
