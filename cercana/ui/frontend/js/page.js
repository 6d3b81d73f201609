// What several modules need: a start for every part of the page, short messages, typing.

// Calls «start» with the document now and with every part that htmx brings later.
export function eachPart(start) {
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.detail.elt));
}

// Yields the elements of a part that match, the part itself included.
export function matching(part, selector) {
  const inside = [...part.querySelectorAll(selector)];
  return part instanceof Element && part.matches(selector) ? [part, ...inside] : inside;
}

// Says a sentence in the region of short messages; it goes after six seconds.
export function say(text) {
  const line = document.createElement("p");
  line.textContent = text;
  document.getElementById("dichos")?.append(line);
  setTimeout(() => line.remove(), 6000);
}

// Says what must not pass unseen: it stays until another takes its place, or "" takes it away.
export function warn(text, { text: word, address } = {}) {
  const place = document.getElementById("dichos");
  place?.querySelector("[data-warning]")?.remove();
  if (!text || !place) return;
  const line = document.createElement("p");
  line.dataset.warning = "";
  line.append(text);
  if (address) {
    const link = document.createElement("a");
    Object.assign(link, { href: address, target: "_blank", rel: "noopener", textContent: word, className: "c-enlace" });
    line.append(" ", link);
  }
  place.append(line);
}

const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

export function isField(target) {
  return target instanceof Element && target.matches(FIELDS);
}

// Fills {name} in a text that a template gave.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// The browser may refuse to remember (private window, no room left): then nothing is remembered.
export const memory = {
  read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was remembered.
    }
  },
};
