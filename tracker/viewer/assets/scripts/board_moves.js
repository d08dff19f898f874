// Moves of cards: what a desk allows, the commands that make them, and those that somebody has planned in this
// browser and that the data do not show yet.

import { root } from "./site.js";
import { say } from "./words.js";

const PLAIN_ID = /^[A-Z][A-Z0-9]{0,9}-[0-9a-z]{1,20}$/; // any other could be a command of its own
const KEPT = `tracker-moves ${root}`;

/** Return why a ticket may not have a value; empty where it may. */
export function refusal(row, value, { by, desks, settings, parents }) {
  const desk = deskOf(row, desks), field = settings.labels[by] ?? by, present = row[by] ?? "";
  if (!desk || row.broken) return say("board_is_broken", { id: row.id });
  if (value === present) return say("board_here");
  if (value === "" && desk.needed.includes(by)) return say("board_needed", { field });
  if (value !== "" && !desk.values[by]?.includes(value)) return say("board_foreign", { field });
  if (by !== "status" || !present) return "";
  const ways = desk.ways[present] ?? Object.keys(desk.ways);
  const named = (status) => settings.known.status.labels?.[settings.known.status.values.indexOf(status)] || status;
  if (!ways.includes(value)) return say("board_no_way", { present: named(present), ways: ways.map(named).join(", ") || "–" });
  const children = desk.bears.includes(value) ? [] : (parents.get(row.id) ?? []);
  return children.length ? say("board_children", { children: children.join(", ") }) : "";
}

/** Return the fields that a move needs beside its own and that the ticket does not have. */
export function missing(row, { by, to }, desks) {
  const needed = by === "status" ? (deskOf(row, desks)?.requires[to] ?? []) : [];
  return needed.filter((name) => (row[name] ?? "") === "");
}

export const deskOf = ({ id }, desks) => (PLAIN_ID.test(id) && Object.hasOwn(desks, id.split("-")[0]) ? desks[id.split("-")[0]] : undefined);

/** Return the commands that make moves; what goes to one place goes there with one command. */
export function commands(moves) {
  const together = new Map();
  for (const { id, by, to, given } of moves) {
    const more = Object.entries(given).map(([name, value]) => ` --set ${quoted(`${name}=${value || "…"}`)}`);
    const [start, end] = written(by, to, more.join(""));
    const key = `${id.split("-")[0]}\n${start}\n${end}`;
    together.set(key, { start, end, ids: [...(together.get(key)?.ids ?? []), id] });
  }
  return [...together.values()].map(({ start, end, ids }) => `${start} ${ids.join(" ")} ${end}`);
}

function written(by, to, more) {
  if (by === "status") return ["tracker move", quoted(to) + more];
  if (by === "assignee") return ["tracker assign", to ? quoted(to) : "--nobody"];
  return ["tracker set", quoted(`${by}=${to}`)];
}

const quoted = (word) => (/^[\w./@:=+…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

// What is planned -------------------------------------------------------------------------------------------------

let planned = read();

export const plans = () => planned;
export const plannedFor = (id) => planned.filter((move) => move.id === id);

/** Plan a move: of a ticket, one for each field. */
export function plan(move) {
  keep([...planned.filter(({ id, by }) => id !== move.id || by !== move.by), move]);
}

export function forget(move) {
  keep(planned.filter((one) => one !== move));
}

export function forgetAll() {
  keep([]);
}

/** Drop what the data show as done. A ticket that is not among some rows was closed, unless it `isElsewhere`. */
export function settle(rows, isElsewhere) {
  const known = new Map(rows.map((row) => [row.id, row]));
  keep(planned.filter((move) => (known.has(move.id) ? (known.get(move.id)[move.by] ?? "") === move.from : isElsewhere(move))));
}

function keep(moves) {
  planned = moves;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(moves));
  } catch {
    // a browser that keeps nothing still shows what was planned on this page
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}
