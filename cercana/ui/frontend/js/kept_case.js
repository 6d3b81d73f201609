// On the page of a case alone: keeps on this phone what may be read of it without a connection. For as long as the page
// itself may be opened, data-seconds; longer if its owner says so, or keeps the portal as an app.

import { momentWords } from "./moments.js";
import { fill } from "./page.js";
import { forget, keep, read } from "./phone_store.js";

const box = document.querySelector("[data-keeps]");
const part = (name) => box.querySelector(`[data-part=${name}]`);
const isApp = matchMedia("(display-mode: standalone)").matches;

function tell(known) {
  const { kept, until, gone } = box.dataset;
  part("said").textContent = !known ? gone : known.until ? fill(until, { when: momentWords(known.until) }) : kept;
  part("keep").hidden = Boolean(known && !known.until);
  part("forget").hidden = !known;
}

async function keepCase(isForGood) {
  const answer = await fetch(box.dataset.keeps, { redirect: "error" });
  if (!answer.ok) return;
  const fresh = await answer.json();
  const known = await read("casos", fresh.number);
  const staysLong = isForGood || isApp || (known && !known.until);
  const record = { ...known, ...fresh, until: staysLong ? undefined : Date.now() + 1000 * Number(box.dataset.seconds) };
  await keep("casos", record);
  tell(record);
}

if (box && navigator.serviceWorker) {
  part("keep").addEventListener("click", () => keepCase(true));
  part("forget").addEventListener("click", () => forget("casos", box.dataset.number).then(() => tell()));
  // Once the page is usable; where nothing can be kept, nothing is offered.
  addEventListener("load", () => keepCase(false).then(() => (box.hidden = false)).catch(() => {}));
}
