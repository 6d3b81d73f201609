// «Mis avisos»: subscribes this browser to the pushes of alarms and sends what it got. Loaded on that page alone.

const form = document.getElementById("equipo");
const said = document.getElementById("equipo-dice");

function bytesOf(text) {
  const clear = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(clear, (letter) => letter.charCodeAt(0));
}

function nameOf() {
  const agent = navigator.userAgent;
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((each) => agent.includes(each)) ?? "Navegador";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((each) => agent.includes(each));
  return `${browser.replace("Edg", "Edge")}${system ? ` en ${system}` : ""}`;
}

// A subscription made with another key of the installation serves nothing any more.
async function subscribe() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
  await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(form.dataset.key) });
}

async function ask(event) {
  event.preventDefault();
  if ((await Notification.requestPermission()) !== "granted") {
    said.textContent = said.dataset.denied;
    return;
  }
  try {
    const { endpoint, keys } = (await subscribe()).toJSON();
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
