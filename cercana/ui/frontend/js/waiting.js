// A form that is sent while files are on their way waits for them: [data-upload-wait] in it says so with data-text-one or
// data-text-many {n} in its [data-part=state], and its button with data-upload-skip sends the form without them.

import { fill } from "./page.js";

function say(notice, n) {
  const text = n > 1 ? notice.dataset.textMany : notice.dataset.textOne;
  notice.querySelector("[data-part=state]").textContent = fill(text, { n });
  notice.hidden = !n;
}

// The form goes on with the last of its files; if one failed, its sender sees why and decides.
function wait(form, list, notice, button) {
  const look = () => {
    const n = list.querySelectorAll("[data-part=progress]").length;
    say(notice, n);
    if (n) return;
    watcher.disconnect();
    if (!list.querySelector(".p-archivo--error [data-part]")) form.requestSubmit(button);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(list, { childList: true, subtree: true });
  look();
}

function holdBack(event) {
  const { target: form, submitter } = event;
  const notice = form.querySelector("[data-upload-wait]");
  if (!notice || submitter?.matches("[data-upload-skip]")) return;
  const list = document.getElementById(form.querySelector("[data-upload]").dataset.uploadList);
  if (!list.querySelector("[data-part=progress]")) return;
  event.preventDefault();
  // To the other listeners it was not sent.
  event.stopImmediatePropagation();
  wait(form, list, notice, submitter);
}

export function startWaiting() {
  document.addEventListener("submit", holdBack, { capture: true });
}
