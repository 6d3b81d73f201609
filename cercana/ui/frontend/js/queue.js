// Loaded once the page is usable: sends what waits on this phone, at opening and when the connection comes back, and says
// on every page that something waits. [data-waiting] is the line for it, with data-one and data-many {n}.

import { fill } from "./page.js";
import { readAll } from "./phone_store.js";
import { news, sendWaiting } from "./sending.js";

async function tell() {
  const line = document.querySelector("[data-waiting]");
  const { length } = await readAll("pendientes");
  if (!line) return;
  line.hidden = !length;
  line.querySelector("[data-part=text]").textContent = fill(length === 1 ? line.dataset.one : line.dataset.many, { n: length });
}

news.addEventListener("message", tell);
addEventListener("online", sendWaiting);
tell();
readAll("pendientes").then(({ length }) => length && sendWaiting());
