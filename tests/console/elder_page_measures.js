// Measures of the page as it is laid out now. Evaluates to an object of functions.
(() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility === "visible";
  };
  const writes = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = () => [...document.body.querySelectorAll("*")].filter((e) => writes(e) && seen(e));
  const name = (element) => `${element.tagName}.${element.className}#${element.id} ${element.textContent.trim().slice(0, 12)}`;

  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = numbers(colour)[3] ?? 1;
      if (alpha === 1) return colour;
      if (alpha !== 0) throw new Error(`half transparent: ${name(at)}`);
    }
    throw new Error("no ground");
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  return {
    letters: () => texts().map((e) => [name(e), parseFloat(getComputedStyle(e).fontSize)]),
    targets: () =>
      [...document.querySelectorAll("button, textarea, a")].filter(seen).map((e) => {
        const { width, height } = e.getBoundingClientRect();
        return [name(e), width, height];
      }),
    contrasts: () => [
      ...texts().map((e) => [name(e), contrast(getComputedStyle(e).color, ground(e))]),
      ...[...document.querySelectorAll("textarea")].map((e) => [
        "placeholder",
        contrast(getComputedStyle(e, "::placeholder").color, ground(e)),
      ]),
    ],
    edges: () =>
      [...document.querySelectorAll("button, textarea, .problem")].filter(seen).map((e) => [
        name(e),
        Math.max(
          contrast(getComputedStyle(e).borderTopColor, ground(e.parentElement)),
          contrast(ground(e), ground(e.parentElement)),
        ),
      ]),
    tooWide: () => [
      document.scrollingElement.scrollWidth - window.innerWidth,
      [...document.body.querySelectorAll("*")]
        .filter(seen)
        .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 0.5)
        .map(name),
    ],
    /** What covers a corner or the middle of the element with the focus, or null. */
    covered: () => {
      const focused = document.activeElement;
      const { left, right, top, bottom } = focused.getBoundingClientRect();
      const points = [
        [(left + right) / 2, (top + bottom) / 2],
        [(left + right) / 2, top + 3],
        [(left + right) / 2, bottom - 3],
      ];
      for (const [x, y] of points) {
        const there = document.elementFromPoint(x, y);
        if (!there || !(focused === there || focused.contains(there))) {
          return `${name(focused)} at ${Math.round(x)},${Math.round(y)}: ${there && name(there)}`;
        }
      }
      return null;
    },
    outline: () => {
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    },
  };
})()
