// On the page of a case alone: turns the notices of this case on this browser on and off. Whether they are on, the
// server says; without push, or without a secure address, nothing of it is seen.

import { subscribe } from "./subscribing.js";

const card = document.querySelector("[data-notices]");
const form = card.querySelector("form");
const [on, off] = form.querySelectorAll("button");
const said = card.querySelector("[role=status]");
const leaving = document.querySelector("[data-leaves]");

// What the server refuses, in its words.
class Refusal extends Error {}

// Asks the server to do «step» for this browser; true if it is told how the case goes.
async function send(step, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const fields = new FormData(form);
  Object.entries({ paso: step, endpoint, ...keys }).forEach(([name, value]) => fields.set(name, value));
  const answer = await fetch(form.action, { method: "POST", body: fields });
  const told = await answer.json();
  if (told.refusal) throw new Refusal(told.refusal);
  // Whoever leaves the case on this browser is told nothing more about it here.
  leaving.elements.endpoint.value = told.is_on ? endpoint : "";
  return told.is_on;
}

function show(isOn) {
  [on.hidden, off.hidden] = [isOn, !isOn];
}

async function turn(step) {
  form.ariaBusy = "true";
  try {
    if (step === "activar" && (await Notification.requestPermission()) !== "granted") {
      said.textContent = said.dataset.denied;
      return;
    }
    const isOn = await send(step, await subscribe(await navigator.serviceWorker.ready, card.dataset.key));
    show(isOn);
    said.textContent = isOn ? said.dataset.on : said.dataset.off;
    (isOn ? off : on).focus();
  } catch (failure) {
    said.textContent = failure instanceof Refusal ? failure.message : said.dataset.failed;
  } finally {
    form.ariaBusy = "false";
  }
}

async function start() {
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.getSubscription();
  const isOn = subscription !== null && Notification.permission === "granted" && (await send("saber", subscription));
  show(isOn);
  if (isOn) said.textContent = said.dataset.on;
  card.hidden = false;
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    turn(event.submitter.value);
  });
  start();
} else if (/iPhone|iPad/.test(navigator.userAgent)) {
  said.textContent = said.dataset.iphone;
  form.hidden = true;
  card.hidden = false;
}
