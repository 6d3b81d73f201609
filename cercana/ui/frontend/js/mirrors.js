// [data-mirror]: a text area over a layer that draws its text with the words of data-marks (a JSON list) highlighted.

import { eachPart, matching } from "./page.js";

export function draw(mirror) {
  const field = mirror.querySelector("textarea");
  const words = JSON.parse(field.dataset.marks).filter(Boolean);
  const layer = mirror.firstElementChild;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pieces = pattern ? field.value.split(new RegExp(`(${pattern})`, "giu")) : [field.value];
  // Every second piece is one of the words. The last line needs a character to have its height.
  layer.replaceChildren(...pieces.map((piece, at) => (at % 2 ? marked(piece) : piece)), "\u200b");
}

function marked(text) {
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

export function startMirrors() {
  eachPart((part) => matching(part, "[data-mirror]").forEach(draw));
  document.addEventListener("input", ({ target }) => {
    const mirror = target.closest("[data-mirror]");
    if (mirror) draw(mirror);
  });
}
