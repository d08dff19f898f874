// Whether an answer fits, with the sentences that `tracker validate` says where it does not
// (tracker/viewer/forms/rules.py).

import { items, strip } from "./answers.js";

const NUMBER = /^[+-]?[0-9]{1,15}(\.[0-9]{1,6})?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Return what is wrong with the answer to a question; empty where nothing is. */
export function problem(form, element, answers, values, created) {
  const say = (name, blanks) => filled(form.sentences[name], { field: element.label, ...blanks });
  const answer = answers[element.key], chosen = answer.split("\n");
  const agree = (element.agreed ?? []).find((option) => !chosen.includes(option));
  if (agree) return filled(form.sentences.missing, { field: agree });
  if (!strip(answer)) return missing(form, element, values, say);
  return (CHECKS[element.control] ?? fits)(form, element, strip(answer), say, created);
}

const CHECKS = {
  number: (form, element, answer, say) => (NUMBER.test(answer) ? "" : say("number")),
  date: day,
  mail: (form, element, answer, say, created) =>
    [...answer].length > form.limits.mail ? say("long mail") : fits(form, element, answer, say, created),
  items: list,
  choices: (form, element, answer, say) => (element.field ? list(form, element, answer, say) : ""),
};

function missing(form, { required, when }, values, say) {
  if (required) return say("missing");
  const met = when && Object.entries(when).every(([name, those]) => those.includes(String(values[name]?.text ?? values[name])));
  if (!met) return "";
  const condition = Object.keys(when).map((name) => `${name}: ${values[name]?.text ?? values[name]}`).join(", ");
  return `${say("missing")} ${say("because", { condition })}`;
}

function fits(form, element, answer, say) {
  const length = [...answer].length, limit = form.limits.title;
  if (element.key === "title" && length > limit) return `${say("long title", { number: length, limit })} ${say("shorten title")}`;
  if (!element.pattern || matches(element.pattern, answer)) return "";
  return `${say("pattern", { value: answer })} ${element.hint}`;
}

/** A pattern that this browser does not know is left to `tracker validate`. */
function matches(pattern, text) {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function day(form, element, answer, say, created) {
  if (!DAY.test(answer)) return `${say("no date", { value: answer })} ${say("date")}`;
  const date = new Date(`${answer}T00:00:00Z`);
  const there = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(answer) && answer >= "0001";
  if (!there) return `${say("no day", { value: answer })} ${say("date")}`;
  if (element.key !== "due" || answer >= created.slice(0, 10)) return "";
  return `${say("due", { due: answer, created: created.slice(0, 10) })} ${say("correct due")}`;
}

function list(form, element, answer, say) {
  const { item, items: most } = form.limits, found = items(element, answer);
  if (found.length > most) return `${say("many items", { number: found.length, limit: most })} ${say("fewer items")}`;
  const long = found.find((one) => [...one].length > item);
  return long ? `${say("long item", { number: [...long].length, limit: item })} ${say("shorten item")}` : "";
}

const filled = (text, blanks) => text.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);
