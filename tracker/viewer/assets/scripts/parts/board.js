// The board: tickets as cards, in a column for each value of a field.

import { asked, remember } from "./board_address.js";
import { columnsOf, columnElement, areMany, mark } from "./board_columns.js";
import { showMoves } from "./board_dialog.js";
import { liftable } from "./board_lift.js";
import { plans, refusal, settle } from "./board_moves.js";
import { tickets } from "./desk.js";
import { make } from "./elements.js";
import { addKeys } from "./keyboard.js";
import { whoAmI } from "./memory.js";
import { choose, parse, saysWhetherOpen } from "./query.js";
import { count, say } from "./words.js";
import { told as wrong } from "./wrong.js";

tracker.parts.board = async (page, settings) => {
  const form = page.querySelector("form"), area = page.querySelector(".tk-board"), hint = page.querySelector(".tk-board-hint");
  const live = make("p", { class: "tk-visually-hidden", role: "status", "aria-live": "polite" });
  const told = hint.firstElementChild.textContent;
  let shown = [], last = { text: "", query: parse("", settings.known) }; // the last query that could be read
  page.append(live);
  const board = {
    ...JSON.parse(page.dataset.board),
    settings,
    element: page,
    all: false,
    announce: (text) => (live.textContent = text),
    columns: () => shown,
    drop: (row, value) => showMoves(board, row, value),
    loadClosed: () => load(true).then(() => show(), () => show(last.text)),
    /** Show anew what is planned. */
    replanned() {
      for (const card of area.querySelectorAll(".tk-card")) mark(card, board.rows.get(card), board);
      tell();
    },
  };

  async function load(all) {
    const found = await tickets(settings, all);
    Object.assign(board, { all, tickets: found });
    board.byId = new Map(board.tickets.map((row) => [row.id, row]));
    board.parents = openChildren(board.tickets);
    settle(board.tickets, ({ by, from }) => !board.all && by === "status" && board.looks[from] === "done");
  }

  /** Say what is planned, or what is wrong with the query, or what can be done. */
  function tell(problem = "") {
    const moves = plans().length;
    if (problem) hint.replaceChildren(make("span", { class: "tk-wrong" }, problem));
    else if (!moves) hint.replaceChildren(make("span", {}, told));
    else
      hint.replaceChildren(
        make("span", { class: "tk-planned" }, count("board_waiting", moves)),
        make("button", { type: "button", class: "tk-button", click: () => showMoves(board) }, say("board_show")),
      );
  }

  /** Read the query in the form; return what is wrong with it. */
  function read() {
    const text = form.q.value.trim();
    try {
      last = { text, query: parse(text, settings.known) };
      return "";
    } catch (error) {
      if (!("code" in error)) throw error;
      const { message, hint } = wrong(error, text);
      return `${message} ${hint}`;
    }
  }

  /** Show what the form asks for by now; `failed` is a query whose closed tickets could not be loaded. */
  async function show(failed = null) {
    const problem = read(), { text, query } = last, by = form.by.value;
    form.q.setAttribute("aria-invalid", String(Boolean(problem)));
    if (!board.all && text !== failed && saysWhetherOpen(query)) return load(true).then(() => show(), () => show(text));
    const context = { known: settings.known, now: new Date(), zone: settings.zone, me: whoAmI(settings) };
    const everything = by === "status";
    Object.assign(board, { by, query: text, rows: new WeakMap(), found: choose(board.tickets, query, context, everything) });
    const columns = columnsOf(board), many = areMany(columns);
    const at = area.dataset.by === by ? area.scrollLeft : 0;
    shown = columns.map((column, place) => ({
      ...column,
      element: columnElement(column, place, board, many && !column.rows.length && !column.waits),
      refusal: (row) => (column.value === null ? say("board_foreign", { field: settings.labels[by] }) : refusal(row, column.value, board)),
    }));
    area.replaceChildren(...shown.map((column) => column.element));
    area.dataset.by = by;
    area.scrollLeft = at;
    page.dataset.number = board.found.length;
    tell(problem || (text === failed ? say("not_loaded") : ""));
  }

  const wanted = asked();
  if (board.fields.includes(wanted.by)) form.by.value = wanted.by;
  form.q.value = wanted.q;
  remember({ by: form.by.value, q: wanted.q });
  form.addEventListener("submit", (event) => event.preventDefault());
  await load(false);
  if (!page.isConnected) return;
  form.addEventListener("input", async () => {
    remember({ by: form.by.value, q: form.q.value.trim() });
    await show();
    board.announce(count("board_found", board.found.length));
  });
  area.addEventListener("click", ({ target }) => {
    const button = target.closest(".tk-card-move");
    if (button) showMoves(board, board.rows.get(button.closest(".tk-card")));
  });
  liftable(board);
  addKeys(page, [
    [[], "key_lift", null, `m ${say("space")}`],
    [[], "key_cards", null, "← ↑ ↓ →"],
  ]);
  await show();
};

/** Return the ids of open children by the id of their parent. */
function openChildren(tickets) {
  const names = new Map(tickets.flatMap((row) => [row.id, ...row.aliases].map((name) => [name, row.id])));
  const found = new Map();
  for (const row of tickets)
    for (const [kind, target] of row.open ? row.linked : [])
      if (kind === "parent" && names.has(target)) found.set(names.get(target), [...(found.get(names.get(target)) ?? []), row.id]);
  return found;
}
