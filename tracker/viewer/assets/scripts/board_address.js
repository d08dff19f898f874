// What the board is asked for in its address: `?by=priority&q=printer`.

/** Return what the address asks for. */
export function asked() {
  const { searchParams } = new URL(location.href);
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
