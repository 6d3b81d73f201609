// A button with data-copy puts its value on the clipboard and says data-copied.

import { say } from "./page.js";

export function startCopying() {
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.copied);
  });
}
