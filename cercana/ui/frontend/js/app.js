// Makes the portal an app: once the page is usable, the service worker that its script tag names is set to work.

const { worker } = document.currentScript.dataset;

addEventListener("load", () => {
  navigator.serviceWorker?.register(worker);
});
