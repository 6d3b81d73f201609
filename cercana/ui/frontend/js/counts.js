// [data-count-for="id"] says how long a text is: its data-text has {n} and {max} (the field's maxlength).

import { eachPart, fill, matching } from "./page.js";

function update(count) {
  const field = document.getElementById(count.dataset.countFor);
  if (field) count.textContent = fill(count.dataset.text, { n: field.value.length, max: field.maxLength });
}

export function startCounts() {
  eachPart((part) => matching(part, "[data-count-for]").forEach(update));
  document.addEventListener("input", ({ target }) => {
    if (target.id) document.querySelectorAll(`[data-count-for="${CSS.escape(target.id)}"]`).forEach(update);
  });
}
