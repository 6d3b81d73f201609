// A call counts up from [data-elapsed], in minutes and seconds, and says nothing else: nobody is to be hurried.

const began = new WeakMap();

function tick() {
  for (const shown of document.querySelectorAll("[data-elapsed]")) {
    if (!began.has(shown)) began.set(shown, performance.now() - Number(shown.dataset.elapsed) * 1000);
    const seconds = Math.floor((performance.now() - began.get(shown)) / 1000);
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

setInterval(tick, 1000);
tick();
