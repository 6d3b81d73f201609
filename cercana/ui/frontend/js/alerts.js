// «Mis avisos»: subscribes this browser to the pushes of alarms and sends what it got. Loaded on that page alone.

import { subscribe } from "./subscribing.js";

const form = document.getElementById("equipo");
const said = document.getElementById("equipo-dice");

function nameOf() {
  const agent = navigator.userAgent;
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((each) => agent.includes(each)) ?? "Navegador";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((each) => agent.includes(each));
  return `${browser.replace("Edg", "Edge")}${system ? ` en ${system}` : ""}`;
}

async function register() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
  await navigator.serviceWorker.ready;
  return registration;
}

async function ask(event) {
  event.preventDefault();
  if ((await Notification.requestPermission()) !== "granted") {
    said.textContent = said.dataset.denied;
    return;
  }
  try {
    const { endpoint, keys } = (await subscribe(await register(), form.dataset.key)).toJSON();
    Object.entries({ endpoint, ...keys, nombre: nameOf() }).forEach(([name, value]) => (form.elements[name].value = value));
    form.submit();
  } catch {
    said.textContent = said.dataset.failed;
  }
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  form.hidden = false;
  said.textContent = "";
  form.addEventListener("submit", ask);
}
