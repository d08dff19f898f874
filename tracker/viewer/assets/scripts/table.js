// A table of tickets that may be very long: it shows the first ones, and more as one scrolls. The headings sort.

import { cell } from "./cells.js";
import { pageOf } from "./desk.js";
import { button, fill, make } from "./elements.js";
import { labelOrNone } from "./labels.js";
import { say, shownNumber } from "./words.js";

const FIRST = 30, SLICE = 100, AT_MOST = 500; // rows at once, then at a time, and by scrolling before one asks for more

/** Return a table: {element, show(list), row(place), at(element)}. `sort(field, adds)` is called for a heading. */
export function ticketTable(settings, { sort, selection }) {
  let list = { groups: [], columns: [] }, next = [0, 0], number = 0, limit = AT_MOST, body;
  const head = make("thead"), table = make("table", { className: "tk-table tk-table--queue" }, head);
  const more = button(say("show_more"), () => ((limit += AT_MOST), extend()), { className: "tk-button tk-more" });
  const element = make("div", {}, table, more);
  const seen = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && number < limit && extend(), { rootMargin: "600px" });

  /** Show tickets: {groups: [[value, rows], …], query, columns}. */
  function show(given) {
    list = given;
    [next, number, limit] = [[0, 0], 0, AT_MOST];
    fill(head, headings());
    table.replaceChildren(head);
    begin();
    extend();
  }

  function begin() {
    body = make("tbody");
    table.append(body);
    if (!list.query.group || next[0] >= list.groups.length) return;
    const [name, rows] = list.groups[next[0]];
    const count = make("span", { className: "tk-count" }, shownNumber(rows.length));
    const heading = make("th", { colSpan: list.columns.length, scope: "rowgroup" }, make("h2", {}, labelOrNone(list.query.group, name, settings), " ", count));
    body.append(make("tr", { className: "tk-group" }, heading));
  }

  /** Add the next rows. */
  function extend() {
    const end = number + (number ? SLICE : FIRST), added = document.createDocumentFragment();
    while (number < end && next[0] < list.groups.length) {
      const rows = list.groups[next[0]][1];
      if (next[1] < rows.length) {
        added.append(line(rows[next[1]++], number++));
        continue;
      }
      body.append(added);
      next = [next[0] + 1, 0];
      if (next[0] < list.groups.length) begin();
    }
    body.append(added);
    more.hidden = number >= list.number;
    seen.unobserve(more);
    if (!more.hidden) seen.observe(more);
  }

  function headings() {
    const sorted = new Map(list.query.sort.map(([field, falls], place) => [field, [falls, place]]));
    const cells = list.columns.map((field) => {
      const label = settings.labels[field] ?? field, [falls, place] = sorted.get(field) ?? [];
      const arrow = place === undefined ? "" : ` ${falls ? "↓" : "↑"}${sorted.size > 1 ? place + 1 : ""}`;
      const order = place === 0 ? (falls ? "descending" : "ascending") : undefined;
      const shown = sortable(field) ? button(label, (event) => sort(field, event.shiftKey), { title: say("order_by", { field: label }), "data-key": `sort ${field}` }) : label;
      if (arrow) shown.append(make("span", { "aria-hidden": "true" }, arrow));
      return make("th", { scope: "col", className: `tk-head-${field}`, "aria-sort": order }, field === "id" ? selection.every() : null, shown);
    });
    return make("tr", {}, ...cells);
  }

  const sortable = (field) => !["link"].includes(settings.known[field].form);

  function line(row, place) {
    const made = make("tr", { className: row.late || row.broken || row.beyond ? "tk-row--urgent" : "", "data-place": place });
    for (const field of list.columns) made.append(field === "id" ? idCell(row, place) : cell(row, field, settings));
    selection.mark(made, row);
    return made;
  }

  function idCell(row, place) {
    const link = make("a", { href: pageOf(row, settings), tabIndex: -1 }, row.id); // the title is the same link
    return make("td", { className: "tk-cell-id" }, selection.box(row, place), link);
  }

  /** Return the line at a place, which is added where it is not shown yet; undefined beyond the last. */
  function lineAt(place) {
    while (place >= number && number < list.number) extend();
    return table.querySelector(`tr[data-place="${place}"]`);
  }

  return { element, show, lineAt, lines: () => table.querySelectorAll("tr[data-place]") };
}
