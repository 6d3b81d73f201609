// [data-length-for="id"] says how long a text is of which nothing is cut: data-text has {n} and {max}, which the field
// has as data-longest; beyond, data-text-over says by how many letters {n}.

import { fill } from "./page.js";

function update(length) {
  const field = document.getElementById(length.dataset.lengthFor);
  const max = field.dataset.longest;
  const n = field.value.length;
  length.textContent = n > max ? fill(length.dataset.textOver, { n: n - max }) : fill(length.dataset.text, { n, max });
}

export function startLengths() {
  const lengths = document.querySelectorAll("[data-length-for]");
  const updateAll = () => lengths.forEach(update);
  updateAll();
  document.addEventListener("input", updateAll);
}
