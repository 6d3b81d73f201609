// [data-line] says when this device lost its connection, and when it came back. Its data-kept is said where every text
// that can be typed stays in this browser, its data-offline elsewhere, its data-online when the connection is back.

import { PREFIX } from "./drafts.js";
import { memory } from "./page.js";

const SHOWN = 10_000;

function keepsTexts() {
  const texts = [...document.querySelectorAll("main textarea")];
  return texts[0] && texts.every((text) => text.dataset.draftKey) && memory.write(PREFIX, "");
}

export function startLine() {
  const line = document.querySelector("[data-line]");
  if (!line) return;
  const lost = () => (line.textContent = keepsTexts() ? line.dataset.kept : line.dataset.offline);
  const { online } = line.dataset;
  addEventListener("offline", lost);
  addEventListener("online", () => {
    line.textContent = online;
    setTimeout(() => line.textContent === online && line.replaceChildren(), SHOWN);
  });
  if (!navigator.onLine) lost();
}
