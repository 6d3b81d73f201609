// data-opens="id" opens a dialog, data-closes shuts the one it stands in; so does a press outside.

export function startDialogs() {
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (target.closest("[data-closes]") || target instanceof HTMLDialogElement) target.closest("dialog").close();
  });
}
