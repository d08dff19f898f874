// What the board is asked for in its address: `?by=priority&q=printer`.

/** Return what the address asks for. The theme takes `?q=` for words to search itself: that is taken back. */
export function asked() {
  const [loaded] = performance.getEntriesByType("navigation");
  const first = new URL(loaded?.name ?? location.href);
  const { searchParams } = first.pathname === location.pathname ? first : new URL(location.href);
  const toggle = document.querySelector("[data-md-toggle=search]"), box = document.querySelector("[data-md-component=search-query]");
  if (searchParams.has("q") && toggle && box) {
    box.value = "";
    box.blur();
    if (toggle.checked) toggle.click();
  }
  return { by: searchParams.get("by"), q: searchParams.get("q") ?? "" };
}

/** Have the address ask for what is shown; what is usual is left out. */
export function remember({ by, q }) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries({ by: by === "status" ? "" : by, q }))
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}
