// Where the focus goes when what had it is gone: the form that came into a dialog (unless one types there), the field after a proposed motive
// ([data-leads-to="id id"], the first that is empty), the summary of a menu that Esc
// shuts. [data-results="id"]: the arrow down leads from a search into its radio buttons; Enter takes the only person found,
// or nobody, else the first to begin with, and Enter again goes on to the first of [data-next="id id"]. What is listed must
// belong to the letters typed, which its [data-found="letters"] says: Enter waits for that.

const FIELDS = "input:not([type=hidden]), select, textarea";
const TYPED = ":is(input, select, textarea):focus";

function firstEmpty(fields) {
  return fields.find((field) => field && !field.value) ?? fields.find(Boolean);
}

let isAwaited = false;

const named = (ids) => ids.split(" ").map((id) => document.getElementById(id));

function afterSettling({ detail }) {
  const dialog = detail.target.closest("dialog[open]");
  const source = detail.requestConfig?.elt;
  if (dialog && !dialog.matches("[data-palette]") && !dialog.querySelector(TYPED)) firstEmpty([...dialog.querySelectorAll(FIELDS)])?.focus();
  else if (source?.dataset.results) isAwaited && takeFound(source);
  else if (source?.dataset.leadsTo) firstEmpty(named(source.dataset.leadsTo))?.focus();
}

const choicesOf = (search) => [...document.getElementById(search.dataset.results).querySelectorAll("input[type=radio]")];

function choose(choice) {
  choice.focus();
  choice.click();
}

function goOn(search, chosen) {
  if (!chosen.checked) chosen.click();
  carryName(search, chosen);
  firstEmpty(named(chosen.value ? search.dataset.nextKnown : search.dataset.next))?.focus();
}

function takeFound(search) {
  const list = document.getElementById(search.dataset.results).querySelector("[data-found]");
  isAwaited = list?.dataset.found !== search.value.trim();
  if (isAwaited) return;
  const [first, ...others] = choicesOf(search);
  if (others.filter((each) => each.value).length) choose(first);
  else goOn(search, first);
}

function move(event, search) {
  const choices = choicesOf(search);
  if (!choices.length) return;
  if (event.key === "ArrowDown" && event.target === search) {
    event.preventDefault();
    choose(choices[0]);
  } else if (event.key === "Enter" && event.target === search) {
    event.preventDefault();
    takeFound(search);
  } else if (event.key === "Enter" && choices.includes(event.target)) {
    event.preventDefault();
    goOn(search, event.target);
  } else if (event.target === search) {
    isAwaited = false;
  }
}

// Somebody looked for by a name and not found is new: the name is not typed twice.
function carryName(search, chosen) {
  const name = document.getElementById(search.dataset.carries);
  const isName = /\p{L}/u.test(search.value) && !/[\d@]/.test(search.value);
  if (!chosen.value && isName && !name.value) {
    name.value = search.value.trim();
    name.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function shutMenu(event) {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (event.key !== "Escape" || !menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
}

export function startNextField() {
  document.addEventListener("htmx:afterSettle", afterSettling);
  document.addEventListener("keydown", (event) => {
    shutMenu(event);
    const search = document.querySelector("[data-results]");
    if (search) move(event, search);
  });
  document.addEventListener("change", ({ target }) => {
    const search = document.querySelector("[data-results]");
    if (search && target.matches(`#${search.dataset.results} input`)) carryName(search, target);
  });
}
