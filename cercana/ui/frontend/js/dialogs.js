// data-opens="id" opens a dialog (and shuts the menu it stands in), data-closes shuts the one it stands in; so does a press
// outside, the answer to a form in it that says HX-Trigger: {"done": …}, and a content that did not come.

export function startDialogs() {
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-opens]");
    if (opener) {
      opener.closest("details")?.removeAttribute("open");
      document.getElementById(opener.dataset.opens).showModal();
    }
    if (target.closest("[data-closes]") || target instanceof HTMLDialogElement) target.closest("dialog").close();
  });
  document.addEventListener("done", ({ target }) => target.closest("dialog")?.close());
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb === "get" && !detail.successful) detail.target.closest("dialog")?.close();
  });
}
