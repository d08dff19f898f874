// Which columns the queue shows: chosen in a menu, and remembered by this browser.

import { button, make } from "./elements.js";
import { keep, remembered } from "./memory.js";
import { menu } from "./menu.js";
import { say } from "./words.js";

const USUAL = ["id", "title", "status", "priority", "assignee", "location", "due", "created"];
const ALWAYS = ["id", "title"];
const NEVER = ["text", "is", "has", "updated", "links", "parent", "follows", "blocks", "duplicates", "relates"];

/** Return the columns to show, in the order of the desk’s fields after the usual ones. */
export function chosenColumns({ known }) {
  const chosen = remembered("columns");
  const wanted = Array.isArray(chosen) ? chosen : USUAL;
  return offered(known).filter((field) => ALWAYS.includes(field) || wanted.includes(field));
}

function offered(known) {
  const all = Object.keys(known).filter((field) => !NEVER.includes(field));
  return [...USUAL.filter((field) => all.includes(field)), ...all.filter((field) => !USUAL.includes(field))];
}

/** Return the menu of columns; `change()` is called after each choice. */
export function columnsMenu(settings, change) {
  const boxes = offered(settings.known).map((field) => {
    const box = make("input", { type: "checkbox", value: field, checked: chosenColumns(settings).includes(field), disabled: ALWAYS.includes(field), onchange: choose });
    return [box, make("label", {}, box, " ", settings.labels[field] ?? field)];
  });

  function choose() {
    keep("columns", boxes.map(([box]) => box).filter((box) => box.checked).map((box) => box.value));
    change();
  }

  function reset() {
    keep("columns", null);
    for (const [box] of boxes) box.checked = USUAL.includes(box.value);
    change();
  }

  const list = make("fieldset", {}, make("legend", { className: "tk-visually-hidden" }, say("columns")), ...boxes.map(([, label]) => label));
  return menu(say("columns"), list, button(say("columns_reset"), reset, { className: "tk-link" }));
}
