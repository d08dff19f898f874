// The columns of the board: which tickets are in which, and how these look.

import { dayIn, marks, priority } from "./cells.js";
import { pageOf } from "./desk.js";
import { make } from "./elements.js";
import { labelOf } from "./labels.js";
import { plannedFor } from "./board_moves.js";
import { count, say, shownNumber } from "./words.js";

const AT_ONCE = 30;
const MANY = 8; // columns, of which those without cards are narrow

/** Return the columns of a board: {value, label, rows, waits}; `waits` while its closed tickets are not loaded. */
export function columnsOf({ by, found, settings, looks, all, closed, query }) {
  const { values, labels = values } = settings.known[by];
  const none = { value: "", label: nameOfNone(by, settings), rows: [] };
  const unknown = { value: null, label: say("board_unknown"), rows: [] };
  const known = values.map((value, place) => ({ value, label: labels[place] || value, rows: [] }));
  const byValue = new Map(known.map((column) => [column.value, column]));
  for (const row of found) {
    const value = row[by] ?? "";
    (value === "" ? none : (byValue.get(value) ?? unknown)).rows.push(row);
  }
  if (by === "status")
    for (const column of known)
      if (looks[column.value] === "done" && !all) Object.assign(column, { waits: true, number: query ? null : (closed[column.value] ?? 0) });
  const without = by === "assignee" || none.rows.length ? [none] : [];
  const first = by === "assignee" || by === "status";
  return [...(first ? without : []), ...known, ...(first ? [] : without), ...(unknown.rows.length ? [unknown] : [])];
}

function nameOfNone(by, { labels }) {
  return by === "status" ? say("board_draft") : by === "assignee" ? say("board_unassigned") : say("board_none", { field: labels[by] });
}

/** Return a column as an element; it shows as many of its cards as are asked for, in slices. */
export function columnElement(column, place, board, narrow) {
  const number = column.number === undefined ? column.rows.length : column.number;
  const cards = make("ul", { class: "tk-cards" });
  const made = make(
    "section",
    { class: `tk-column${narrow ? " tk-column--narrow" : column.waits ? " tk-column--waits" : ""}`, "aria-labelledby": `column-${place}`, title: narrow && column.label },
    make(
      "h2",
      { id: `column-${place}` },
      make("span", { class: lookOf(column, board) }, column.label),
      " ",
      number !== null && make("span", { class: "tk-column-number" }, shownNumber(number)),
    ),
    cards,
  );
  if (column.waits && number !== 0) cards.append(moreElement(say("board_load"), board.loadClosed));
  slice(column, cards, board);
  return made;
}

export const areMany = (columns) => columns.length > MANY;

function slice({ rows }, cards, board) {
  const shown = cards.querySelectorAll(".tk-card").length;
  cards.append(...rows.slice(shown, shown + AT_ONCE).map((row) => cardElement(row, board)));
  if (shown + AT_ONCE >= rows.length) return;
  const more = moreElement(count("board_more", rows.length - shown - AT_ONCE), () => {
    const focused = more.contains(document.activeElement);
    more.remove();
    slice({ rows }, cards, board);
    if (focused) cards.querySelectorAll(".tk-card-title")[shown + AT_ONCE].focus();
  });
  cards.append(more);
}

const moreElement = (text, click) =>
  make("li", { class: "tk-cards-more" }, make("button", { type: "button", class: "tk-button", click }, text));

function lookOf({ value }, { by, looks, priorities }) {
  if (by === "status") return `tk-status tk-status--${value === null ? "unknown" : (looks[value] ?? "draft")}`;
  return by === "priority" && priorities.includes(value) ? `tk-priority tk-priority--${priorities.indexOf(value)}` : "";
}

function cardElement(row, board) {
  const { settings } = board, who = labelOf("assignee", row.assignee, settings);
  const card = make(
    "li",
    { class: `tk-card tk-card--movable${row.late || row.broken || row.beyond ? " tk-card--urgent" : ""}` },
    make(
      "div",
      { class: "tk-card-top" },
      make("span", { class: "tk-id" }, row.id),
      make("span", { class: `tk-avatar${who ? "" : " tk-avatar--nobody"}`, title: who || say("board_unassigned"), "aria-hidden": "true" }, initials(who)),
      make("button", { type: "button", class: "tk-card-move", "aria-label": say("board_move", { id: row.id }), title: say("board_move", { id: row.id }) }, "⋯"),
    ),
    make("a", { class: "tk-card-title", href: pageOf(row, settings) }, String(row.title ?? row.id)),
    make(
      "div",
      { class: "tk-card-facts" },
      priority(row, settings),
      row.due && make("time", { class: row.late && "tk-late", datetime: row.due }, dayIn(row.due)),
      ...marks(row),
    ),
  );
  board.rows.set(card, row);
  mark(card, row, board);
  return card;
}

/** Mark a card with what is planned for its ticket: that is not how the ticket is yet. */
export function mark(card, row, { settings }) {
  card.querySelectorAll(".tk-mark--planned").forEach((old) => old.remove());
  for (const { by, to } of plannedFor(row.id))
    card.querySelector(".tk-card-facts").append(
      make("span", { class: "tk-mark tk-mark--planned" }, say("board_planned", { value: labelOf(by, to, settings) || nameOfNone(by, settings) })),
    );
}

const initials = (name) => name.split(/[\s.@_-]+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
