// Two attentions never mix: what is typed is kept under the key of its form, and a new form begins empty. In
// [data-unfinished] stands, from its <template>, which others of this person were begun and not sent: [data-part=resume]
// goes on with one, [data-part=discard] forgets it, and pressed again brings it back.

import { A_WEEK, PREFIX, keptKeys } from "./drafts.js";
import { fill, memory } from "./page.js";

const CHANNEL = "canal";
const LONGEST = 40;
const place = document.querySelector("[data-unfinished]");
const form = place.closest("form");
const start = `${PREFIX}${place.dataset.unfinished}:`;
const own = form.elements.client_key.value;

// Each attention that waits: its key with what was kept of it, by name.
function waiting() {
  const found = {};
  for (const kept of keptKeys(start)) {
    const [key, name] = kept.slice(start.length).split(":");
    const draft = JSON.parse(memory.read(kept));
    if (key !== own && Date.now() - draft.at <= A_WEEK) (found[key] ??= {})[name] = draft;
  }
  return Object.entries(found).filter(([, drafts]) => Object.keys(drafts).some((name) => name !== CHANNEL));
}

function whose(drafts) {
  const known = place.dataset.told.split(" ").find((name) => drafts[name]?.text.trim());
  const text = known ? drafts[known].text.trim() : "una persona";
  return text.length > LONGEST ? `«${text.slice(0, LONGEST)}…»` : text;
}

function lastTouched(drafts) {
  const options = { weekday: "long", hour: "numeric", minute: "2-digit", hour12: true, timeZone: "America/Lima" };
  const at = Math.max(...Object.values(drafts).map((draft) => draft.at));
  return new Date(at).toLocaleString(document.documentElement.lang, options);
}

function offer([key, drafts]) {
  const line = place.querySelector("template").content.firstElementChild.cloneNode(true);
  const part = (name) => line.querySelector(`[data-part=${name}]`);
  const [text, resume, discard] = ["text", "resume", "discard"].map(part);
  const word = discard.textContent;
  const told = { who: whose(drafts), when: lastTouched(drafts) };
  let isGone = false;
  const show = () => {
    text.textContent = fill(isGone ? text.dataset.gone : text.dataset.waits, told);
    discard.textContent = isGone ? discard.dataset.undo : word;
    resume.hidden = isGone;
  };
  resume.href = `?sigue=${key}&canal=${drafts[CHANNEL]?.text ?? ""}`;
  discard.addEventListener("click", () => {
    isGone = !isGone;
    for (const [name, draft] of Object.entries(drafts)) {
      if (isGone) memory.forget(`${start}${key}:${name}`);
      else memory.write(`${start}${key}:${name}`, JSON.stringify(draft));
    }
    show();
  });
  show();
  place.append(line);
}

// Loading the page again goes on with the same person; a new form is asked for without the key.
function keepKey() {
  const text = form.elements.channel.value;
  memory.write(`${start}${own}:${CHANNEL}`, JSON.stringify({ text, given: "", at: Date.now() }));
  history.replaceState(history.state, "", `?sigue=${own}&canal=${text}`);
}

waiting().forEach(offer);
form.addEventListener("change", ({ target }) => (target.dataset.draftKey || target.name === "channel") && keepKey());
