// [data-count-for="id"] says how long a text is: its data-text has {n} and {max} (the field's maxlength). Of a field that
// takes longer texts than may be sent, data-longest on it, its data-text-over says by how many letters {n}.

import { eachPart, fill, matching } from "./page.js";

function update(count) {
  const field = document.getElementById(count.dataset.countFor);
  if (!field) return;
  const max = Number(field.dataset.longest ?? field.maxLength);
  const n = field.value.length;
  const isOver = n > max;
  count.textContent = isOver ? fill(count.dataset.textOver, { n: n - max }) : fill(count.dataset.text, { n, max });
  count.classList.toggle("es-mucho", isOver);
}

export function startCounts() {
  eachPart((part) => matching(part, "[data-count-for]").forEach(update));
  document.addEventListener("input", ({ target }) => {
    if (target.id) document.querySelectorAll(`[data-count-for="${CSS.escape(target.id)}"]`).forEach(update);
  });
}
