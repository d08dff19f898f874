// What stands in the cells of a table of tickets: the same as in a table that the website was built with.

import { pageOf } from "./desk.js";
import { make } from "./elements.js";
import { root } from "./site.js";
import { labelOf, labelOrNone } from "./labels.js";
import { say, spoken } from "./words.js";

/** Return the cell of a field of a ticket. */
export function cell(row, field, settings) {
  const made = MADE[field]?.(row, settings) ?? [value(row, field, settings)];
  const date = field === "due" || ["day", "moment"].includes(settings.known[field].form);
  const look = `tk-cell-${date ? "date" : field}${field === "created" ? " tk-cell-created" : ""}`;
  return make("td", { className: look, "data-label": settings.labels[field] ?? field }, ...made);
}

const MADE = {
  title: (row, settings) => [make("a", { href: pageOf(row, settings) }, row.title), ...marks(row)],
  status: (row, settings) => [status(row, settings)],
  priority: (row, settings) => [priority(row, settings)],
  due: (row, settings) => [due(row, settings)],
  assignee: (row, settings) => [row.assignee ? link(row, "assignee", settings) : make("span", { className: "tk-none" }, say("unassigned"))],
  location: (row, settings) => [row.location ? link(row, "location", settings) : null],
  labels,
};

/** Return what stands out in a ticket, and its labels; a single one may stand without a list. */
export function marks(row) {
  const shown = [];
  const mark = (name, look = "") => shown.push(" ", make("span", { className: `tk-mark${look}` }, say(name)));
  if (row.broken) mark("broken", " tk-mark--broken");
  if (row.draft && row.status) mark("draft");
  if (row.visibility === "internal") mark("internal");
  if (row.late) mark("late", " tk-mark--late");
  if (row.beyond) mark("beyond", " tk-mark--late");
  return [...shown, ...labels(row)];
}

function labels(row) {
  return [row.labels ?? []].flat().flatMap((label) => [" ", make("span", { className: "tk-label" }, String(label))]);
}

function status(row, settings) {
  const drafted = row.draft && !row.status;
  const look = drafted ? "draft" : settings.looks[row.status] ?? "unknown";
  const label = drafted ? say("draft_status") : row.status ? labelOf("status", row.status, settings) : say("unknown_status");
  return make("span", { className: `tk-status tk-status--${look}` }, label);
}

export function priority(row, settings) {
  const { values } = settings.known.priority, place = values.indexOf(row.priority);
  return place < 0 ? null : make("span", { className: `tk-priority tk-priority--${values.length - 1 - place}` }, labelOf("priority", row.priority, settings));
}

function due(row, settings) {
  if (row.due) return make("time", { dateTime: row.due, className: row.late ? "tk-late" : "" }, dayIn(row.due));
  if (typeof row.clock !== "number") return null;
  const time = make("time", { dateTime: new Date(row.clock).toISOString() }, shownMoment(row.clock, settings));
  return make("span", { className: row.beyond ? "tk-clock--late" : "", title: time.textContent }, time);
}

/** Return a value with the link to the list that the website has of it. */
function link(row, field, settings) {
  const around = settings.lists[field], name = String(row[field]);
  const label = labelOf(field, name, settings);
  if (!around || !settings.known[field].values.includes(name)) return label;
  return make("a", { href: root + around[0] + name + around[1] }, label);
}

function value(row, field, settings) {
  const held = row[field], { form } = settings.known[field];
  if (held === null || held === undefined || held === "") return null;
  if (form === "moment" && typeof held === "number")
    return make("time", { dateTime: new Date(held).toISOString() }, formatted({ dateStyle: "medium", timeZone: settings.zone }).format(held));
  if (settings.lists[field]) return link(row, field, settings);
  return textOf(held, (one) => labelOrNone(field, one, settings));
}

/** Return a value of a ticket as one text. */
export function textOf(value, named = (one) => one) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((one) => textOf(one, named)).join(", ");
  return typeof value === "object" ? Object.values(value).map((one) => textOf(one, named)).join(", ") : named(String(value));
}

const formats = new Map();

/** Return what writes moments in the language of the page; making it takes longer than using it. */
function formatted(options) {
  const key = spoken() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(spoken(), options));
  return formats.get(key);
}

/** Return a day, such as “2026-11-24”, as the language of the page has it. */
export function dayIn(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return day && !Number.isNaN(day.getTime()) ? formatted({ dateStyle: "medium", timeZone: "UTC" }).format(day) : String(text);
}

/** Return a moment as the language of the page has it, in the desk’s time zone. */
export function shownMoment(moment, { zone }) {
  return [{ dateStyle: "medium" }, { timeStyle: "short" }].map((style) => formatted({ ...style, timeZone: zone }).format(moment)).join(" ");
}
