// The guide beside a conversation: [data-guide] marks the words of the step of now as said, or passes over it. The page
// shows it at once; what fits then comes with the next answer for the form. Only the steps said go with the case.

const form = document.getElementById("f-caso");

function goOn(press) {
  const steps = [...document.querySelectorAll("#guia-pasos [data-step]")];
  const now = steps.findIndex((step) => step.ariaCurrent === "step");
  const { guide_at: at, guide_used: used } = form.elements;
  if (press === "said") used.value = [...new Set([...used.value.split(" "), steps[now].dataset.step])].join(" ").trim();
  const next = Math.min(now + 1, steps.length - 1);
  steps.forEach((step, place) => {
    step.classList.toggle("ya", place === next);
    step.classList.toggle("si", place < next);
    step.ariaCurrent = place === next ? "step" : null;
  });
  at.value = steps[next].dataset.step;
  at.dispatchEvent(new Event("change", { bubbles: true }));
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-guide]");
  if (!button) return;
  event.preventDefault();
  goOn(button.dataset.guide);
});
