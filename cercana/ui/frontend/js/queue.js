// Loaded once the page is usable: sends what waits on this phone, at opening, when the connection comes back and again
// while it does not succeed, and says on every page that something waits. [data-waiting] is the line for it, with
// data-one, data-many {n} and data-unsure. A page that the phone had kept says when it was so: [data-kept-page] {when}.

import { momentWords } from "./moments.js";
import { fill } from "./page.js";
import { forgetOld, readAll } from "./phone_store.js";
import { news, sendWaiting } from "./sending.js";

const SOON = 30_000;
const LATE = 600_000;
let pause = SOON;
let timer;

async function tell() {
  const line = document.querySelector("[data-waiting]");
  if (!line) return;
  const waiting = await readAll("pendientes");
  const { one, many, unsure } = line.dataset;
  const isUnsure = waiting.some((each) => each.state === "waiting" && each.tried);
  line.hidden = !waiting.length;
  line.querySelector("[data-part=text]").textContent = isUnsure ? unsure : fill(waiting.length === 1 ? one : many, { n: waiting.length });
}

async function send() {
  clearTimeout(timer);
  if (!(await readAll("pendientes")).some((each) => each.state === "waiting")) return;
  const left = await sendWaiting();
  if (!left || !navigator.onLine) return void (pause = SOON);
  timer = setTimeout(send, pause);
  pause = Math.min(2 * pause, LATE);
}

const keptPage = document.querySelector("[data-kept-page]");
const { keptAt } = document.documentElement.dataset;
if (keptPage && keptAt) {
  keptPage.textContent = fill(keptPage.dataset.keptPage, { when: momentWords(Number(keptAt)) });
  keptPage.hidden = false;
}

news.addEventListener("message", tell);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
forgetOld();
tell();
send();
