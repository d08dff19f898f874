// Keys that do something on the page that is shown; none does while somebody types.

let owner = null;
let keys = {};

/** Let keys do something while an element is on the page, and no others: a function by each key. */
export function shortcuts(element, given) {
  if (!owner) document.addEventListener("keydown", pressed);
  [owner, keys] = [element, given];
}

function pressed(event) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const act = owner.isConnected && !typing ? keys[event.key] : null;
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  act();
}
