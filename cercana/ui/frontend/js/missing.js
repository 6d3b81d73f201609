// What a form still lacks is said beside its field, as the server does, and not in the bubble of the browser.

function text(field) {
  if (!field.validity.valueMissing) return field.validationMessage;
  return field.matches("select") ? "Elija una opción." : "Complete este dato.";
}

function say(event) {
  const field = event.target;
  const frame = field.closest(".c-campo");
  if (!frame) return;
  event.preventDefault();
  frame.querySelector("[data-missing]")?.remove();
  const line = document.createElement("p");
  line.className = "c-campo__error";
  line.dataset.missing = "";
  line.role = "alert";
  line.textContent = text(field);
  field.before(line);
  frame.classList.add("c-campo--error");
  field.ariaInvalid = "true";
  if (field.form.querySelector(":invalid:not(fieldset)") === field) field.focus();
}

function take({ target }) {
  const line = target.closest?.(".c-campo")?.querySelector("[data-missing]");
  if (!line || !target.validity?.valid) return;
  line.parentElement.classList.remove("c-campo--error");
  target.ariaInvalid = null;
  line.remove();
}

export function startMissing() {
  document.addEventListener("invalid", say, true);
  document.addEventListener("input", take);
}
