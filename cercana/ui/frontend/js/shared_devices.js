// What one person typed is not left to the next. A form with data-draft-forgets="key key" forgets these drafts when it is
// sent. [data-draft-card="key"] shows itself once a text came back that only this browser had.

export function startSharedDevices() {
  document.addEventListener("input", ({ target, isTrusted }) => {
    // Nobody typed it: it came back.
    if (isTrusted || !target.dataset.draftKey) return;
    const card = document.querySelector(`[data-draft-card="${target.dataset.draftKey}"]`);
    if (card) card.hidden = false;
  });
  document.addEventListener("submit", ({ target }) => {
    const key = target.dataset.draftForgets;
    if (key) document.dispatchEvent(new CustomEvent("draft:clear", { detail: { key } }));
  });
}
