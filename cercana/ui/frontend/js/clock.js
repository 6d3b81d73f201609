// <time data-clock datetime="…">: the clock of the desk, in Lima time. It starts from the server's instant, so that a
// wrong clock of this computer does not matter.

const words = new Intl.DateTimeFormat("es-PE", { weekday: "long", day: "numeric", month: "long", timeZone: "America/Lima" });
const digits = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "America/Lima" });

function inWords(moment) {
  const parts = Object.fromEntries(words.formatToParts(moment).map(({ type, value }) => [type, value]));
  const [time, half] = digits.format(moment).split(/\s/);
  return `${parts.weekday} ${parts.day} de ${parts.month}, ${time}\u00a0${half === "AM" ? "a" : "p"}.\u00a0m.`;
}

export function startClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const start = Date.parse(clock.dateTime) - performance.now();
  setInterval(() => {
    const text = inWords(new Date(start + performance.now()));
    if (text !== clock.textContent) clock.textContent = text;
  }, 5000);
}
