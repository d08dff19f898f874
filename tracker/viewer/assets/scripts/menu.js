// A button that opens a small panel below it; Escape, or going elsewhere, closes it.

import { button, make } from "./elements.js";

/** Return the menu as an element. */
export function menu(label, ...content) {
  const panel = make("div", { className: "tk-menu-panel", hidden: true }, ...content);
  const opener = button(label, () => open(panel.hidden), { "aria-expanded": "false", className: "tk-button" });
  const element = make("div", { className: "tk-menu" }, opener, panel);
  const open = (whether) => {
    panel.hidden = !whether;
    opener.setAttribute("aria-expanded", String(whether));
  };
  element.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !element.contains(relatedTarget) && open(false));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", function elsewhere({ target }) {
    if (!element.isConnected && element.dataset.used) document.removeEventListener("pointerdown", elsewhere);
    else if (!element.contains(target)) open(false);
    element.dataset.used ||= element.isConnected ? "yes" : "";
  });
  return element;
}

/** Return a labelled choice of one of some [value, label]. */
export function choice(label, options, chosen, change, properties = {}) {
  const items = options.map(([value, text]) => make("option", { value, selected: value === chosen }, text));
  const select = make("select", { onchange: () => change(select.value), ...properties }, ...items);
  return make("label", { className: "tk-choice" }, make("span", {}, label), " ", select);
}
