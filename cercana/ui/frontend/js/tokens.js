// Signing in again makes the token of every open page stale. Each page gives its own to those of the same person in other
// tabs, so that a form that was left open can still be sent. Pages of somebody else keep theirs: what one person typed is
// not sent in the name of another.

export function startTokens() {
  const { body } = document;
  const { owner } = body.dataset;
  const tabs = new BroadcastChannel("cercana");
  tabs.postMessage({ owner, headers: body.getAttribute("hx-headers") });
  tabs.addEventListener("message", ({ data }) => {
    if (data.owner !== owner) return;
    body.setAttribute("hx-headers", data.headers);
    const token = JSON.parse(data.headers)["X-CSRFToken"];
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  });
}
