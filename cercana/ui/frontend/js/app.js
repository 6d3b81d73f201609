// Makes the portal an app: once the page is usable, the service worker that its script tag names is set to work, and what
// waits on this phone is sent.

const { worker, queue } = document.currentScript.dataset;

addEventListener("load", () => {
  if (!("serviceWorker" in navigator && navigator.locks)) return;
  navigator.serviceWorker.register(worker);
  document.head.append(Object.assign(document.createElement("script"), { src: queue }));
});
