// Selected tickets: by their boxes, by a range of them, or all that were found; what can be taken along is copied.

import { textOf } from "./cells.js";
import { copied } from "./copying.js";
import { pageOf } from "./desk.js";
import { button, make } from "./elements.js";
import { count, say } from "./words.js";

/** Return what selects: {element, box, every, mark, toggle, list(rows)}. `shown()` returns the columns to copy. */
export function selecting(settings, shown, lines) {
  const chosen = new Set();
  let rows = [], last = -1, head;
  const number = make("strong", { role: "status" }), said = make("span", { role: "status", className: "tk-selected-said" });
  const copies = [
    ["copy_ids", () => list().map(({ id }) => id).join("\n")],
    ["copy_links", () => list().map((row) => pageOf(row, settings)).join("\n")],
    ["copy_csv", () => csv(list(), shown())],
  ].map(([name, text]) => button(say(name), async () => (said.textContent = say((await copied(text())) ? "copied" : "not_copied"))));
  const element = make("div", { className: "tk-selected", hidden: true, role: "group", "aria-label": say("select") }, number, ...copies, button(say("select_none"), none), said);
  element.setAttribute("aria-label", count("selected", 2, {}));

  const list = () => (chosen.size ? rows.filter((row) => chosen.has(row)) : []);

  function toggle(place, ranged = false) {
    const add = !chosen.has(rows[place]);
    const [from, to] = ranged && last >= 0 ? [Math.min(last, place), Math.max(last, place)] : [place, place];
    for (const one of rows.slice(from, to + 1)) set(one, ranged ? true : add);
    last = place;
    tell();
  }

  function set(row, add) {
    if (add) chosen.add(row);
    else chosen.delete(row);
  }

  function none() {
    chosen.clear();
    tell();
  }

  function tell() {
    for (const line of lines()) mark(line, rows[line.dataset.place]);
    const found = list().length;
    number.textContent = count("selected", found);
    element.setAttribute("aria-label", count("selected", found));
    element.hidden = !found;
    said.textContent = "";
    if (head) [head.checked, head.indeterminate] = [found > 0 && found === rows.length, found > 0 && found < rows.length];
  }

  function mark(line, row) {
    const box = line.querySelector("input");
    if (box) box.checked = chosen.has(row);
    line.classList.toggle("tk-row--selected", chosen.has(row));
  }

  return {
    element,
    toggle,
    mark,
    /** Take the tickets that are shown; what is not among them is selected no longer. */
    take(found) {
      rows = found;
      last = -1;
      const there = new Set(chosen.size ? found : []);
      for (const one of chosen) if (!there.has(one)) chosen.delete(one);
      tell();
    },
    box: (row, place) => make("input", { type: "checkbox", className: "tk-select", tabIndex: -1, "aria-label": say("select", { id: row.id }), onclick: (event) => toggle(place, event.shiftKey) }),
    every() {
      head = make("input", { type: "checkbox", className: "tk-select", "aria-label": say("select_all"), "data-key": "select" });
      head.addEventListener("click", () => {
        for (const row of rows) set(row, head.checked);
        tell();
      });
      return head;
    },
  };
}

/** Return tickets as CSV; a cell that a program would take for a formula begins with an apostrophe. */
export function csv(rows, columns) {
  const cell = (text) => {
    const harmless = /^(?:[=@\t\r\n＝＋－＠]|[+-](?!\d+(?:\.\d+)?$))/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  const value = (row, field) => (typeof row[field] === "number" && field === "created" ? new Date(row[field]).toISOString() : textOf(row[field]));
  const lines = [columns, ...rows.map((row) => columns.map((field) => value(row, field)))];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
