// [data-danger="address"]: while one writes in the field that data-danger-of names, asks there whether the text speaks of
// danger and shows the notice that comes back. It never blocks: whatever fails is as if nobody had asked.

const WAIT = 700;
const region = document.querySelector("[data-danger]");
const field = document.getElementById(region.dataset.dangerOf);
let shown = region.innerHTML.trim();
let timer;
let asked;

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const body = new FormData();
  body.append(field.name, field.value);
  body.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(region.dataset.danger, { method: "POST", body, signal: asked.signal });
    const notice = answer.ok ? (await answer.text()).trim() : shown;
    // The same notice again is not said again.
    if (notice !== shown) region.innerHTML = shown = notice;
  } catch {
    // Offline, or more was typed meanwhile.
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
