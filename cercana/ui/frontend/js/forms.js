// A form with data-once is sent once: a second press while it travels does nothing. [data-focus] takes the focus.

import { eachPart, matching } from "./page.js";

export function startForms() {
  eachPart((part) => matching(part, "[data-focus]")[0]?.focus());
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
