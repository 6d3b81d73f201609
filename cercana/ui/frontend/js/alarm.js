// Every open desk asks each second which alarms ring for whoever sits at it, shows them above everything and sounds, in
// one tab, every ten seconds. Whoever mutes it does so on this computer and for themselves: wall and others go on.

const ASK_EVERY = 1000;
const SOUND_EVERY = 10_000;
const MUTED = "cercana-alarmas-mudas";
const LOUD = "c-aviso c-aviso--critico";
const address = document.currentScript.dataset.alarms;
const notice = document.createElement("div");
let tag = "";
let heard = [];
let soundedAt = -SOUND_EVERY;
let isAsking = false;
let isVoice = !navigator.locks;
let audio = null;

function isMuted() {
  return localStorage.getItem(MUTED) === "sí";
}

// Two soft steps, fading in and out: nobody is to be startled.
function tone(pitch, from) {
  const at = audio.currentTime + from;
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setTargetAtTime(0.2, at, 0.02);
  gain.gain.setTargetAtTime(0, at + 0.2, 0.04);
  const source = new OscillatorNode(audio, { type: "triangle", frequency: pitch });
  source.connect(gain).connect(audio.destination);
  source.start(at);
  source.stop(at + 0.5);
}

function sound() {
  audio ??= new AudioContext();
  if (audio.state === "running") {
    [880, 660, 880, 660].forEach((pitch, place) => tone(pitch, place * 0.3));
    soundedAt = performance.now();
  } else {
    audio.resume().catch(() => {});
  }
  const reason = notice.querySelector("[data-mute-reason]");
  if (reason) reason.hidden = audio.state === "running";
}

function nameButton() {
  const button = notice.querySelector("[data-mutes]");
  if (button) button.textContent = isMuted() ? button.dataset.sounds : button.dataset.mutes;
}

function show(html) {
  notice.innerHTML = html;
  const ringing = notice.querySelector("[data-alarms]")?.dataset.alarms.split(" ").filter(Boolean) ?? [];
  if (ringing.some((alarm) => !heard.includes(alarm))) soundedAt = -SOUND_EVERY;
  heard = ringing;
  notice.className = heard.length ? LOUD : "c-aviso";
  nameButton();
}

function stand() {
  if (!notice.firstElementChild) notice.remove();
  // Sending something clears the messages of the desk, this one with them.
  else if (!notice.isConnected) document.getElementById("dichos").prepend(notice);
  if (heard.length && isVoice && !isMuted() && performance.now() - soundedAt >= SOUND_EVERY) sound();
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    const headers = { "HX-Request": "true", "If-None-Match": tag };
    const answer = await fetch(address, { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (answer.status === 200) show(await answer.text());
    tag = answer.headers.get("ETag") ?? tag;
  } catch {
    // The desk says itself that there is no connection.
  } finally {
    isAsking = false;
  }
  stand();
}

notice.setAttribute("role", "alert");
notice.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-mutes]")) return;
  localStorage.setItem(MUTED, isMuted() ? "no" : "sí");
  nameButton();
});
// A gesture allows sound: what was asked for before it must not stay silent.
addEventListener("pointerdown", () => audio?.resume());
navigator.locks?.request("cercana-alarmas", () => {
  isVoice = true;
  return new Promise(() => {});
});
setInterval(ask, ASK_EVERY);
ask();
