// The palette: Ctrl K or Cmd K opens it; its results are [role=option] links or buttons, which the arrows move through.

export function startPalette() {
  const palette = document.querySelector("[data-palette]");
  if (!palette) return;
  const field = palette.querySelector("input");
  const options = () => [...palette.querySelectorAll("[role=option]:not([aria-disabled])")];
  const selected = () => palette.querySelector("[aria-selected=true]");

  function select(option) {
    selected()?.removeAttribute("aria-selected");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option?.id) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      palette.showModal();
      field.select();
    }
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) {
      event.preventDefault();
      select(all[(all.indexOf(selected()) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && selected()) {
      event.preventDefault();
      selected().click();
    }
  });
  // What is still selected belongs to the letters before: Enter now asks for all that was found.
  field.addEventListener("input", () => select());
  palette.addEventListener("htmx:afterSwap", () => select(options()[0]));
}
