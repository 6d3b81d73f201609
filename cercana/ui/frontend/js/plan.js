// [data-plan]: a plan of the district whose tapped point goes into the hidden field data-into, and the pin that shows
// what stands there, wherever it came from. data-edges: west north east south; data-corners: the district's outline,
// longitude and latitude by turns. Texts: data-marked, data-outside, data-failed.
// Where a map of tiles is configured (data-style, data-map, data-worker, data-look), it takes the place of the plan.

// What a finger is worth: some eleven metres on a plan, a metre on a map. A phone that knows its place says six.
const DIGITS = 4;
const DIGITS_OF_MAP = 5;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.01;

const numbersIn = (text) => text.split(/[\s,]+/).filter(Boolean).map(Number);

// Fetches the map and its looks, and draws it into the place kept for it.
async function openMap(plan, bounds, onTap) {
  const { map, look, worker, style } = plan.dataset;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: look }));
  const container = plan.querySelector("[data-place-of-map]");
  container.hidden = false;
  return (await import(map)).openMap({ container, style, worker, bounds, onTap });
}

// Whether a point lies within the corners: a ray from it crosses their line an odd number of times.
export function isInside(latitude, longitude, corners) {
  let inside = false;
  for (let here = 0, last = corners.length - 2; here < corners.length; last = here, here += 2) {
    const [x, y, lastX, lastY] = [corners[here], corners[here + 1], corners[last], corners[last + 1]];
    if (y > latitude !== lastY > latitude && longitude < ((lastX - x) * (latitude - y)) / (lastY - y) + x) inside = !inside;
  }
  return inside;
}

export function startPlan() {
  const plan = document.querySelector("[data-plan]");
  if (!plan) return;
  const field = document.getElementById(plan.dataset.into);
  const [paper, pin, forget] = ["button", "span", "[data-forget]"].map((each) => plan.querySelector(each));
  const said = plan.querySelector("[role=status]");
  const drawn = plan.querySelector("[data-drawn]");
  const [west, north, east, south] = numbersIn(plan.dataset.edges);
  const corners = numbersIn(plan.dataset.corners);
  let showOnMap = () => {};

  // Shows what the field holds, and says so kindly if it seems to be somebody else's.
  function show() {
    const [latitude, longitude] = numbersIn(field.value);
    const isMarked = field.value !== "";
    const [x, y] = isMarked ? [(longitude - west) / (east - west), (north - latitude) / (north - south)] : [0.5, 0.5];
    Object.assign(pin.style, { left: `${x * 100}%`, top: `${y * 100}%` });
    showOnMap(latitude, longitude);
    pin.hidden = !isMarked || Math.min(x, y) < 0 || Math.max(x, y) > 1;
    forget.hidden = !isMarked;
    const isOurs = !isMarked || !corners.length || isInside(latitude, longitude, corners);
    const isTapped = field.value.split(",")[0].split(".")[1]?.length <= DIGITS_OF_MAP;
    said.textContent = isOurs ? (isTapped ? said.dataset.marked : "") : said.dataset.outside;
  }

  function set(value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const setPoint = (point, digits) => set(point.map((each) => each.toFixed(digits)).join(","));

  // «x» and «y» are shares of the plan, from its upper left corner.
  function mark(x, y) {
    const [across, down] = [x, y].map((each) => Math.min(Math.max(each, 0), 1));
    setPoint([north - down * (north - south), west + across * (east - west)], DIGITS);
  }

  // A map that cannot be had leaves the plan, if there is one.
  async function openTiles() {
    const bounds = corners.length ? [west, south, east, north] : undefined;
    drawn.hidden = true;
    try {
      showOnMap = await openMap(plan, bounds, (...point) => setPoint(point, DIGITS_OF_MAP));
      show();
    } catch {
      plan.querySelector("[data-place-of-map]").hidden = true;
      drawn.hidden = !corners.length;
      said.textContent = corners.length ? "" : said.dataset.failed;
    }
  }

  const place = () => [pin.style.left, pin.style.top].map((each) => parseFloat(each) / 100);

  paper.addEventListener("click", (event) => {
    const { left, top, width, height } = paper.getBoundingClientRect();
    // By keyboard there is no place that was clicked.
    if (event.detail) mark((event.clientX - left) / width, (event.clientY - top) / height);
    else mark(...place());
  });
  paper.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = place();
    mark(x + step[0] * STEP, y + step[1] * STEP);
  });
  forget.addEventListener("click", () => {
    set("");
    plan.querySelector("summary").focus();
  });
  field.addEventListener("input", show);
  if (plan.dataset.style) plan.querySelector("details").addEventListener("toggle", openTiles, { once: true });
  plan.hidden = false;
  show();
}
