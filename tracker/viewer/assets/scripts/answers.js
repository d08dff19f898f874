// What the answers to a form make: the front matter and the text of a ticket, as tracker/model/form.py and
// `tracker new` make them.

import { Plain, compose } from "./yaml.js";

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const END = new RegExp(`[${SPACE}]+$`);
const EMPTY_LINES = new RegExp(`^(?:[${SPACE.replace("\\t-\\r", "\\t\\v-\\r")}]*\\n)+`);
const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"; // without i, l, o, u

/** Return a text without what Python takes for space around it. */
export const strip = (text) => text.replace(ENDS, "");

/** Return the values of an answer of several: none twice. */
export function items({ control }, answer) {
  const parts = answer.split(control === "items" ? "," : "\n").map(strip);
  return [...new Set(parts.filter(Boolean))];
}

/** Return the front matter that answers make, without id and moment; what is not answered is left out. */
export function fieldsOf(form, answers) {
  const fields = structuredClone(form.fields);
  for (const element of form.elements) {
    if (!element.field) continue;
    const [name, part] = element.key.split(/\.(.*)/s), value = valueOf(element, answers[element.key]);
    if (!part) fields[name] = value;
    else {
      const rest = { ...fields[name], [part]: value };
      if (value === null) delete rest[part];
      fields[name] = rest;
    }
  }
  return fields;
}

function valueOf(element, answer) {
  if (["choices", "items"].includes(element.control)) return items(element, answer);
  const text = strip(answer);
  if (!text) return null;
  if (element.control === "number") return new Plain(number(text));
  return element.control === "date" ? new Plain(text) : text;
}

/** Return a number as it is written: `+07.50` is 7.50. */
function number(text) {
  const [, sign, whole, rest] = /^([+-]?)0*(\d+?)((?:\.\d+)?)$/.exec(text) ?? [];
  return whole === undefined ? text : (sign === "-" ? "-" : "") + whole + rest;
}

/** Return the text under the front matter. */
export function bodyOf(form, answers) {
  const parts = form.elements.filter(({ field, control }) => !field && control !== "note").map((each) => section(each, answers[each.key]));
  const text = parts.filter(Boolean).join("\n\n");
  return text && `${text}\n`;
}

function section(element, answer) {
  const shown = shownIn(element, answer) || element.unanswered;
  return shown && [element.heading, shown].filter(Boolean).join("\n\n");
}

function shownIn({ control, options, render }, answer) {
  const chosen = answer.split("\n");
  if (control === "boxes") return options.map((option) => `- [${chosen.includes(option) ? "x" : " "}] ${option}`).join("\n");
  if (control === "choices") return options.filter((option) => chosen.includes(option)).join(", ");
  const text = answer.replaceAll("\r\n", "\n").replace(EMPTY_LINES, "").replace(END, "");
  if (!render || !text) return text;
  const fences = (text.match(/^\x60{3,}/gm) ?? ["\x60\x60"]).map((fence) => fence.length);
  const fence = "\x60".repeat(Math.max(...fences) + 1);
  return `${fence}${render}\n${text}\n${fence}`;
}

/** Return the text of the file. */
export function textOf(form, answers, id, created) {
  const fields = { id, ...fieldsOf(form, answers), created: new Plain(created) };
  return compose(fields, bodyOf(form, answers), form.order).toWellFormed();
}

/** Return a random id with at least one letter that nothing in `taken` has. */
export function draftId({ prefix, limits }, taken) {
  for (;;) {
    const drawn = crypto.getRandomValues(new Uint8Array(limits.draft));
    const characters = Array.from(drawn, (byte) => CROCKFORD[byte % CROCKFORD.length]).join("");
    const id = `${prefix}-${characters}`;
    if (/[a-z]/.test(characters) && !taken.has(id)) return id;
  }
}

/** Return a moment in a time zone, to the second, with its offset (ISO 8601). */
export function moment(date, zone) {
  const parts = { dateStyle: "short", timeStyle: "medium", timeZone: zone };
  const shown = date.toLocaleString("sv", parts).replace(" ", "T");
  const named = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(date);
  const offset = named.find(({ type }) => type === "timeZoneName").value.replace("GMT", "");
  return shown + (offset || "+00:00");
}
