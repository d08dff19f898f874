// What the theme’s search would do before ours knows better.

/**
 * Take a query back from the theme, on a page of ours that has one: the theme takes `?q=` for words to be searched,
 * opens its search with them, and deletes them from the address once that is closed.
 */
export function keepQuery() {
  const [loaded] = performance.getEntriesByType("navigation");
  const { search, searchParams } = new URL(loaded?.name ?? location.href);
  const box = document.querySelector("[data-md-component=search-query]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (!searchParams.has("q") || !document.querySelector("[data-tracker=queue]") || !box || !toggle) return;
  box.value = "";
  box.blur();
  if (toggle.checked) toggle.click();
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}

/** Keep Enter from going to a result of the theme while it is not known yet which tickets there are. */
export function keepForLater(event, box) {
  if (event.isComposing || !box.value.trim()) return;
  event.preventDefault();
  event.stopPropagation();
  box.dataset.entered = "";
}
