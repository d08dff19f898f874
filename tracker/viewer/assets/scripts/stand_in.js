// The theme’s search where the theme has given it up, as it does on the disk without its plugin `offline`: what
// opens, closes and moves, so that tickets are found there, too. Its own results are missing.

/** Take the place of the theme, if it hides its search. */
export function standIn(box, result) {
  const search = box.closest("[data-md-component=search]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (!search?.hidden || !toggle) return;
  search.hidden = false;
  result.classList.add("tk-search-alone");
  const set = (open) => toggle.checked !== open && toggle.click();
  const links = () => [box, ...result.querySelectorAll("a[href]")];

  function move(by) {
    const all = links(), place = all.indexOf(document.activeElement);
    all[(Math.max(0, place) + by + all.length) % all.length].focus();
  }

  const keys = {
    Escape: () => (set(false), box.blur()),
    Tab: () => (set(false), box.blur()),
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
  };

  window.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.isComposing) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!toggle.checked) {
      if (typing || !["/", "f", "s"].includes(event.key)) return;
      box.focus();
      box.select();
    } else if (event.key === "Enter" && event.target === box) links()[1]?.click();
    else if (keys[event.key]) keys[event.key]();
    else return event.target !== box && event.key.length === 1 ? box.focus() : undefined;
    if (event.key !== "Tab") event.preventDefault();
  });
  box.addEventListener("focus", () => set(true));
  box.form.addEventListener("submit", (event) => event.preventDefault());
  box.form.addEventListener("reset", () => box.focus());
  document.querySelector("header [for=__search]")?.addEventListener("click", () => box.focus());
  search.addEventListener("click", ({ target }) => target.closest("a") && set(false));
}
