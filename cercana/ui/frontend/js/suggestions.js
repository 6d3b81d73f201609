// What triage suggests while one types: [data-marks-of="id"] brings the words to highlight in that mirrored field. Where the
// suggestion cannot be had, [data-lost] says so in its own place, and nothing else changes.

import { draw } from "./mirrors.js";
import { eachPart, matching } from "./page.js";

function take(marks) {
  const field = document.getElementById(marks.dataset.marksOf);
  const mirror = field.closest("[data-mirror]");
  if (!mirror) return;
  field.dataset.marks = marks.dataset.marks;
  draw(mirror);
}

function tellLost({ detail }) {
  const place = detail.elt;
  const line = place.dataset.lost && place.querySelector("p, dl");
  if (line) line.textContent = place.dataset.lost;
}

export function startSuggestions() {
  eachPart((part) => matching(part, "[data-marks-of]").forEach(take));
  document.addEventListener("htmx:sendError", tellLost);
  document.addEventListener("htmx:responseError", tellLost);
}
