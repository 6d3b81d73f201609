// [data-here]: a button that puts the place of this phone into the hidden field data-into, once the person asks for it.
// Refused or unknown, it says so once and leaves the address to be typed. Texts: data-found {metres}, data-refused.

import { fill } from "./page.js";

const DIGITS = 6;

export function startHere() {
  const button = document.querySelector("[data-here]");
  if (!button || !navigator.geolocation) return;
  const field = document.getElementById(button.dataset.into);
  const said = document.getElementById(button.dataset.says);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.ariaBusy = "true";
    const done = (text) => {
      button.ariaBusy = "false";
      said.textContent = text;
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = [coords.latitude, coords.longitude].map((each) => each.toFixed(DIGITS)).join(",");
        field.dispatchEvent(new Event("input", { bubbles: true }));
        done(fill(button.dataset.found, { metres: Math.ceil(coords.accuracy) }));
      },
      () => done(button.dataset.refused),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}
