// `?q=` is the query of our pages; the theme takes it for words to be searched, opens its search with them, and
// deletes them from the address once that is closed. So it is closed again before anybody has seen it.

/** Take a query back from the theme, on a page of ours that has one. */
export function keepQuery() {
  const { searchParams, href } = new URL(location.href);
  const box = document.querySelector("[data-md-component=search-query]");
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (!searchParams.has("q") || !document.querySelector("[data-tracker=queue]") || !box || !toggle?.checked) return;
  box.value = "";
  box.blur();
  toggle.click();
  history.replaceState(history.state, "", href);
}
