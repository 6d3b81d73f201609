// A form with data-once is sent once: a second press while it travels does nothing. [data-focus] takes the focus. A choice
// with data-focuses="id" gives it to the field it is about; an address that ends in its id makes the choice.

import { eachPart, matching } from "./page.js";

export function startForms() {
  eachPart((part) => matching(part, "[data-focus]")[0]?.focus());
  document.addEventListener("click", ({ target }) => {
    const field = target.dataset.focuses && document.getElementById(target.dataset.focuses);
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  });
  const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // After the browser has gone to the place that the address names: it takes the focus, too.
  if (asked && asked.dataset.focuses) addEventListener("load", () => setTimeout(() => asked.click()));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.ariaBusy === "true") event.preventDefault();
    form.ariaBusy = "true";
  });
  const release = () => document.querySelectorAll("form[data-once]").forEach((form) => (form.ariaBusy = "false"));
  addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);
}
