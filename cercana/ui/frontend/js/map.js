// A map of tiles to mark a place on, where one is configured. Fetched by whoever opens it: it is heavy.

import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";

const WORDS = {
  es: { "NavigationControl.ZoomIn": "Acercar", "NavigationControl.ZoomOut": "Alejar", "Map.Title": "Mapa", "AttributionControl.ToggleAttribution": "De quién es el mapa" },
  en: {},
};

// Draws the map into «container»; a tap calls «onTap» with latitude and longitude. Resolves, once it is there, to what
// shows a point, or none. Without «bounds» it begins where its style says. Rejects if it cannot be had.
export async function openMap({ container, style, worker, bounds, onTap }) {
  maplibregl.setWorkerUrl(worker);
  const locale = WORDS[document.documentElement.lang.slice(0, 2)] ?? WORDS.es;
  const map = new maplibregl.Map({ container, style, locale, ...(bounds && { bounds }), dragRotate: false, pitchWithRotate: false });
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", ({ error }) => reject(error));
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  const pin = new maplibregl.Marker({ color: getComputedStyle(container).getPropertyValue("--critico") });
  map.on("click", ({ lngLat }) => onTap(lngLat.lat, lngLat.lng));
  return (latitude, longitude) => {
    if (Number.isFinite(longitude)) pin.setLngLat([longitude, latitude]).addTo(map);
    else pin.remove();
  };
}
