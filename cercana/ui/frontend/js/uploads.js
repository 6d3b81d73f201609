// Files travel as soon as they are chosen, each with its progress; without script they travel with the form.
//
// data-upload="address" stands around the file input. The address takes one file (field «archivo») and answers with
// the <li> that takes the place of the one on its way, or with a refusal whose text is shown there.
// data-upload-list: id of the list; data-upload-item: id of the <template> of an item, in which
// [data-part=name|state|progress|cancel|retry] are filled. Texts: data-text-sending {sent} {size},
// data-text-too-big {size} {max}, data-text-failed. A box of the form with data-upload-with travels along if it is
// ticked.

import { fill } from "./page.js";

function megabytes(size) {
  return (size / 1e6).toLocaleString("es-PE", { maximumFractionDigits: 1 });
}

function part(item, name) {
  return item.querySelector(`[data-part="${name}"]`);
}

function newItem(zone, file) {
  const item = document.getElementById(zone.dataset.uploadItem).content.firstElementChild.cloneNode(true);
  part(item, "name").textContent = file.name;
  const list = document.getElementById(zone.dataset.uploadList);
  list.hidden = false;
  list.append(item);
  return item;
}

function fail(item, text) {
  item.classList.add("p-archivo--error");
  part(item, "state").textContent = text;
  part(item, "progress").remove();
}

function refusalIn(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector("[data-refusal]")?.textContent;
}

function finish(zone, item, request) {
  if (request.status >= 200 && request.status < 300) {
    item.outerHTML = request.responseText;
  } else {
    fail(item, refusalIn(request.responseText) ?? zone.dataset.textFailed);
  }
}

function send(zone, file, item) {
  const request = new XMLHttpRequest();
  const form = zone.closest("form");
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("archivo", file);
  for (const choice of form.querySelectorAll("[data-upload-with]:checked")) body.append(choice.name, choice.value);
  part(item, "cancel").addEventListener("click", () => {
    request.abort();
    item.remove();
  });
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    part(item, "progress").value = (100 * loaded) / total;
    part(item, "state").textContent = fill(zone.dataset.textSending, { sent: megabytes(loaded), size: megabytes(total) });
  });
  request.addEventListener("load", () => finish(zone, item, request));
  request.addEventListener("error", () => offerAgain(zone, file, item));
  request.open("POST", zone.dataset.upload);
  request.setRequestHeader("HX-Request", "true");
  request.send(body);
}

function offerAgain(zone, file, item) {
  fail(item, zone.dataset.textFailed);
  const again = part(item, "retry");
  again.hidden = false;
  again.addEventListener("click", () => {
    item.remove();
    take(zone, file);
  });
}

function take(zone, file) {
  const item = newItem(zone, file);
  const max = Number(zone.dataset.maxSize);
  if (file.size > max) {
    fail(item, fill(zone.dataset.textTooBig, { size: megabytes(file.size), max: megabytes(max) }));
  } else {
    send(zone, file, item);
  }
}

export function startUploads() {
  document.addEventListener("change", ({ target }) => {
    const zone = target.closest("[data-upload]");
    if (!zone || target.type !== "file") return;
    for (const file of target.files) take(zone, file);
    target.value = "";
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest(".p-archivo--error [data-part=cancel]")) target.closest("li").remove();
  });
}
