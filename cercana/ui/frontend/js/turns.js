// Kiosk, waiting-room screen and one's own turn. [data-live] asks again every data-every seconds and takes only what
// changed; every [data-call] it has not heard sounds, speaks and, on a phone, vibrates: two windows may call between two
// questions. What is lost is said with its hour.

const CHIME = [659, 523, 784];
const REMEMBERED = 60;
const live = document.querySelector("[data-live]");
const voice = document.querySelector("[data-voice]");
const lost = document.querySelector("[data-lost]");
const mute = document.querySelector("[data-mute]");
const hour = document.querySelector("[data-hour]");
const zone = { hour: "numeric", minute: "2-digit", timeZone: "America/Lima" };
const clock = new Intl.DateTimeFormat("es-PE", zone);
const title = document.title;
const began = Date.parse(live?.dataset.now) - performance.now();
let heard = namesOf(calls());
let freshAt = Date.now();
let isAsking = false;
let audio = null;

function calls() {
  return [...(live?.querySelectorAll("[data-call]") ?? [])];
}

function namesOf(found) {
  return found.map((call) => call.dataset.call);
}

function chime() {
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    audio.resume().catch(() => {});
    return;
  }
  CHIME.forEach((pitch, place) => {
    const source = new OscillatorNode(audio, { type: "sine", frequency: pitch });
    const gain = new GainNode(audio, { gain: 0.3 });
    source.connect(gain).connect(audio.destination);
    source.start(audio.currentTime + place * 0.28);
    source.stop(audio.currentTime + place * 0.28 + 0.26);
  });
}

// A browser without voices leaves it at the chime and the text.
function speak(text) {
  if (!("speechSynthesis" in window) || !text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "es-PE";
  words.rate = 0.9;
  words.voice = speechSynthesis.getVoices().find((each) => each.lang.startsWith("es")) ?? null;
  speechSynthesis.speak(words);
}

// The latest call stands first and is said last.
function announce() {
  const fresh = calls().filter((call) => !heard.includes(call.dataset.call)).reverse();
  if (!fresh.length) return;
  heard = [...heard, ...namesOf(fresh)].slice(-REMEMBERED);
  const latest = fresh.at(-1);
  const said = fresh.map((call) => call.dataset.said ?? "").join(" ");
  if (latest.dataset.ticket) {
    latest.classList.add("s-llamado--nuevo");
    document.title = `${latest.dataset.ticket} · ${title}`;
  }
  voice.textContent = said;
  navigator.vibrate?.([300, 150, 300]);
  if (mute) {
    chime();
    setTimeout(speak, 900, said);
  }
}

function show(html) {
  live.innerHTML = html;
  announce();
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    const headers = { "HX-Request": "true", "If-None-Match": live.dataset.live };
    const signal = AbortSignal.timeout(5000);
    const answer = await fetch(location.pathname, { headers, cache: "no-store", redirect: "manual", signal });
    if (answer.status === 200) {
      show(await answer.text());
      live.dataset.live = answer.headers.get("ETag");
    }
    if (answer.status === 200 || answer.status === 304) freshAt = Date.now();
    // Over, or parted from this room: the whole page says so.
    if (answer.status === 403 || answer.status === 410) location.reload();
  } catch {
    // No answer in time: the line on top tells since when.
  } finally {
    isAsking = false;
  }
}

function tick() {
  const isLost = Date.now() - freshAt > (Number(live.dataset.every) + 6) * 1000;
  if (lost.hidden === isLost) {
    lost.hidden = !isLost;
    lost.querySelector("[data-lost-since]").textContent = clock.format(new Date(freshAt));
  }
  if (hour) hour.textContent = clock.format(new Date(began + performance.now()));
  if (mute) mute.hidden = !audio || audio.state === "running";
}

if (live) {
  setInterval(ask, Number(live.dataset.every) * 1000);
  setInterval(tick, 1000);
}
if (mute) {
  audio = new AudioContext();
  const wake = () => audio.resume().then(tick, () => {});
  document.addEventListener("pointerdown", wake);
  document.addEventListener("keydown", wake);
  wake();
}

const pad = document.querySelector("[data-pad]");
if (pad) {
  const field = document.getElementById("documento");
  pad.hidden = false;
  pad.addEventListener("click", ({ target }) => {
    if (target.value === "borrar") field.value = field.value.slice(0, -1);
    else if (target.value && field.value.length < field.maxLength) field.value += target.value;
  });
}
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-once]")) return;
  const notice = document.querySelector("[data-offline]");
  if (notice) notice.hidden = navigator.onLine;
  // Sent without a network the kiosk would end on an error of the browser.
  if (event.target.ariaBusy === "true" || !navigator.onLine) event.preventDefault();
  event.target.ariaBusy = String(navigator.onLine);
});
addEventListener("pageshow", () => document.querySelectorAll("[data-once]").forEach((form) => (form.ariaBusy = "false")));

// Whoever walks away leaves nothing of theirs for the next person: the kiosk goes back to its beginning.
const { idle, home } = document.body.dataset;
if (idle) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(home), Number(idle) * 1000);
  };
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, wait);
  wait();
}
if (document.querySelector("[data-prints]")) print();
