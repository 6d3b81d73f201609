// Says an instant in the language of the page and in Lima's time.

const FORM = { dateStyle: "long", timeStyle: "short", timeZone: "America/Lima" };

export const momentWords = (at) => new Date(at).toLocaleString(document.documentElement.lang === "en" ? "en" : "es-PE", FORM);
