// The colours that the reader chose, on pages that the theme’s own scripts do not know. It runs before the page is
// drawn, and before any other script of ours.

const root = new URL("../../", document.currentScript.src).pathname;
const NAMES = ["media", "scheme", "primary", "accent"];
const options = document.currentScript.dataset.palette.split(";").map((option) => {
  const values = option.split("|");
  return Object.fromEntries(NAMES.map((name, place) => [name, values[place]]).filter(([, value]) => value));
});
const AUTOMATIC = "(prefers-color-scheme)";

function chosen() {
  try {
    const kept = JSON.parse(localStorage.getItem(`${root}.__palette`)).color;
    if (kept.media !== AUTOMATIC) return kept;
  } catch {
    // nothing was chosen, or nothing may be kept
  }
  return options.find(({ media }) => media && media !== AUTOMATIC && matchMedia(media).matches);
}

for (const [name, value] of Object.entries(chosen() ?? {})) document.body.setAttribute(`data-md-color-${name}`, value);
