// The theme: radio buttons inside [data-theme-choice] set it here and in the cookie that the server reads.

const COOKIE = "cercana_tema";
const YEAR = 31_536_000;

export function startThemes() {
  document.addEventListener("change", ({ target }) => {
    if (!target.closest("[data-theme-choice]")) return;
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
    document.cookie = `${COOKIE}=${target.value}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}
