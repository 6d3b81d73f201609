// The wall of critical cases. It asks every second and takes only what changed, sounds while an alarm rings, and says
// loudly when it is stale. It runs for days: one audio context, one timer, nothing kept between two answers.

const ASK_EVERY = 1000;
const GIVE_UP_AFTER = 4000;
const STALE_AFTER = 5000;
const SOUND_EVERY = 10_000;
const wall = document.getElementById("muro");
const stale = document.getElementById("muro-viejo");
const silent = document.getElementById("muro-mudo");
const voice = document.getElementById("muro-voz");
const start = Date.parse(wall.dataset.now) - performance.now();
const digits = new Intl.DateTimeFormat("es-PE", { hour: "numeric", minute: "2-digit", hour12: false, timeZone: "America/Lima" });
let tag = wall.dataset.live;
let freshAt = performance.now();
let soundedAt = -SOUND_EVERY;
let heard = "";
let isAsking = false;
let isSignedOut = false;
let audio = null;

function tone(pitch, from, length) {
  const source = new OscillatorNode(audio, { type: "square", frequency: pitch });
  const gain = new GainNode(audio, { gain: 0.25 });
  source.connect(gain).connect(audio.destination);
  source.start(audio.currentTime + from);
  source.stop(audio.currentTime + from + length);
}

function sound(pitches) {
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    audio.resume().catch(() => {});
    return;
  }
  pitches.forEach((pitch, place) => tone(pitch, place * 0.25, 0.22));
  soundedAt = performance.now();
}

function soundWhileNeeded(isStale) {
  const ringing = wall.querySelector("[data-ringing]")?.dataset.ringing ?? "";
  const isNew = ringing.split(" ").some((alarm) => alarm && !heard.split(" ").includes(alarm));
  if (isNew) voice.textContent = wall.querySelector("[data-ringing]").dataset.said;
  if (!ringing) voice.textContent = "";
  heard = ringing;
  const isTime = performance.now() - soundedAt >= SOUND_EVERY;
  if (ringing && (isNew || isTime)) sound([880, 660, 880, 660, 880, 660]);
  else if (isStale && isTime) sound([330, 262]);
}

function show(html) {
  const focused = document.activeElement?.closest?.("form")?.id;
  wall.innerHTML = html;
  if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_AFTER);
  try {
    const headers = { "HX-Request": "true", "If-None-Match": tag };
    const answer = await fetch(location.pathname, { headers, redirect: "manual", cache: "no-store", signal: stop.signal });
    if (answer.status === 200) show(await answer.text());
    if (answer.status === 200 || answer.status === 304) {
      tag = answer.headers.get("ETag") ?? tag;
      freshAt = performance.now();
      isSignedOut = false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) isSignedOut = true;
  } catch {
    // No network, or no answer in time: the age on the screen tells.
  } finally {
    clearTimeout(timer);
    isAsking = false;
  }
}

function tick() {
  const age = performance.now() - freshAt;
  const isStale = age > STALE_AFTER || isSignedOut;
  wall.classList.toggle("d-muro--viejo", isStale);
  if (stale.hidden === isStale) {
    stale.hidden = !isStale;
    stale.firstElementChild.textContent = isSignedOut ? stale.dataset.signedOut : stale.dataset.offline;
  }
  const clock = wall.querySelector("[data-hour]");
  if (clock) clock.textContent = digits.format(new Date(start + performance.now()));
  const since = wall.querySelector("[data-age]");
  if (since) since.textContent = `Actualizado hace ${Math.round(age / 1000)} s.`;
  soundWhileNeeded(isStale);
  silent.hidden = !audio || audio.state === "running";
}

async function takeCharge(event) {
  event.preventDefault();
  const { target } = event;
  target.querySelector("button").disabled = true;
  try {
    await fetch(target.action, { method: "POST", headers: { "HX-Request": "true" }, body: new FormData(target) });
  } finally {
    tag = "";
    await ask();
  }
}

function wake() {
  audio ??= new AudioContext();
  audio.resume().catch(() => {});
}

document.addEventListener("submit", takeCharge);
// What was read last is printed with the protocol: nothing has to be fetched.
stale.querySelector("[data-prints]").addEventListener("click", () => print());
document.addEventListener("pointerdown", wake);
document.addEventListener("keydown", wake);
// Asked at once, so that a browser that keeps silent says so before the first alarm, not at it.
wake();
setInterval(() => {
  ask();
  tick();
}, ASK_EVERY);
tick();
