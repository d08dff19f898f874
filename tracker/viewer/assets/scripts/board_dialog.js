// What a moved card leads to: what would change, and how to change it where that is possible. Nothing is changed
// by this page, and it says so.

import { commands, forget, forgetAll, missing, plan, plans, refusal } from "./board_moves.js";
import { copiedFrom } from "./copying.js";
import { editOf } from "./desk.js";
import { make } from "./elements.js";
import { labelOf } from "./labels.js";
import { count, say } from "./words.js";

/** Show what is planned; with a ticket, where that could go, and `value` as where it shall. */
export function showMoves(board, row = null, value = undefined) {
  const close = () => dialog.close();
  const dialog = make("dialog", { class: "tk-moves", "aria-labelledby": "tk-moves-title", close: () => dialog.remove() });
  dialog.addEventListener("click", ({ target }) => target === dialog && close());
  const list = make("div");
  const update = () => {
    list.replaceChildren(...listed(board, update));
    board.replanned();
  };
  dialog.append(
    make("h2", { id: "tk-moves-title" }, row ? `${row.id} ${row.title ?? ""}` : say("board_moves")),
    row ? choice(board, row, value, update) : "",
    list,
    make("div", { class: "tk-moves-end" }, make("button", { type: "button", class: "tk-button", click: close }, say("close"))),
  );
  update();
  board.element.append(dialog);
  dialog.showModal();
}

/** Return where a ticket could go, to choose from, and what has to be given with it. */
function choice(board, row, value, update) {
  const { by, settings } = board, from = row[by] ?? "";
  const planned = plans().find((move) => move.id === row.id && move.by === by);
  const chosen = value ?? planned?.to ?? from, more = make("span");
  const choose = (to) => {
    for (const move of plans()) if (move.id === row.id && move.by === by) forget(move);
    const move = { id: row.id, by, from, to, given: {} };
    const needed = missing(row, move, board.desks);
    for (const name of needed) move.given[name] = settings.known[name]?.values[0] ?? "";
    if (to !== from) plan(move);
    more.replaceChildren(...needed.filter((name) => settings.known[name]?.values.length).map((name) => given(board, move, name, update)));
    update();
  };
  const options = board.columns().filter(({ value }) => value !== null).map(({ value, label, refusal }) => {
    const reason = value === from ? "" : refusal(row);
    return option(value, value === from ? label : [label, reason].filter(Boolean).join(" – "), chosen, Boolean(reason));
  });
  const select = make("select", { change: () => choose(select.value) }, options);
  if (chosen !== from) choose(chosen);
  return make("p", { class: "tk-moves-choice" }, make("label", {}, `${settings.labels[by]} `, select), more);
}

function given({ settings }, move, name, update) {
  const options = settings.known[name].values.map((value) => option(value, labelOf(name, value, settings), move.given[name]));
  const select = make("select", { change: () => ((move.given[name] = select.value), update()) }, options);
  return make("label", {}, `${settings.labels[name]} `, select);
}

function option(value, label, chosen, disabled = false) {
  const made = make("option", { disabled, selected: value === chosen }, label);
  made.value = value;
  return made;
}

/** Return what is planned, as a list and as commands. */
function listed(board, update) {
  const moves = plans();
  if (!moves.length) return [make("p", { class: "tk-moves-note" }, say("board_nothing"))];
  const command = commands(moves).join("\n"), code = make("code", {}, command);
  const told = make("span", { role: "status", class: "tk-moves-note" });
  const copy = async () => (told.textContent = say((await copiedFrom(code, command)) ? "board_copied" : "board_selected"));
  return [
    make("p", {}, make("strong", {}, say("board_unwritten")), " ", say("board_how")),
    make("ul", {}, moves.map((move) => line(board, move, update))),
    make("pre", {}, code),
    make(
      "p",
      {},
      make("button", { type: "button", class: "tk-button tk-button--main", click: copy }, count("board_copy", commands(moves).length)),
      " ",
      moves.length > 1 && make("button", { type: "button", class: "tk-button", click: () => (forgetAll(), update()) }, say("board_forget_all")),
      " ",
      told,
    ),
  ];
}

function line(board, move, update) {
  const row = board.byId.get(move.id), editor = row && editOf(row, board.settings);
  return make(
    "li",
    {},
    make("span", { class: "tk-id" }, move.id),
    make("code", {}, `${move.by}: ${move.from || "–"} → ${move.to || "–"}`),
    editor && make("a", { href: editor, rel: "noopener" }, say("board_edit")),
    make("button", { type: "button", class: "tk-button", "aria-label": say("board_forget_one", { id: move.id }), click: () => (forget(move), update()) }, say("board_forget")),
  );
}
