// What the theme’s search would do before ours knows better.

/** Keep Enter from going to a result of the theme while it is not known yet which tickets there are. */
export function keepForLater(event, box) {
  if (event.isComposing || !box.value.trim()) return;
  event.preventDefault();
  event.stopPropagation();
  box.dataset.entered = "";
}
