// What may be meant by the beginning of a word in a query: the names of fields, and their values.

import { valuesOf } from "./facets.js";
import { spelt } from "./terms.js";
import { say } from "./words.js";

const MOST = 12;
const FUTURE = ["today", "<7d", "<today", "none"], PAST = ["today", ">-7d", "none"];
const MEANINGS = { today: "day_today", "<7d": "day_next", "<today": "day_before", ">-7d": "day_last", none: "none", me: "me" };
const NO_ORDER = ["state", "held", "link"];

/** Return {start, end, options} for the word before a place in a text: options are {text, label}, and whether the word
 * goes on after one (`open`). */
export function completions(text, place, settings, tickets) {
  const { start, word } = wordAt(text, place);
  const colon = word.indexOf(":");
  if (colon < 0) return { start, end: place, options: word ? fields(word.toLowerCase(), settings) : [] };
  const name = word.slice(0, colon).toLowerCase(), comma = word.lastIndexOf(",") + 1;
  const from = Math.max(colon + 1, comma), typed = word.slice(from).replace(/^"/, "");
  const field = { label: "labels", watcher: "watchers", link: "links", alias: "aliases" }[name] ?? name;
  return { start: start + from, end: place, options: values(field, typed.toLowerCase(), settings, tickets) };
}

/** Return the word that ends at a place, and where it starts: after a space, a parenthesis or a hyphen. */
function wordAt(text, place) {
  let start = 0, quoted = false;
  for (let at = 0; at < place; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && (/[\s()]/.test(text[at]) || (text[at] === "-" && at === start))) start = at + 1;
  }
  return { start, word: text.slice(start, place) };
}

function fields(typed, { known, labels }) {
  const names = [...Object.keys(known), "sort", "group"];
  const label = (name) => labels[name] ?? { sort: say("clause_sort"), group: say("clause_group") }[name] ?? "";
  const options = names.map((name) => ({ text: `${name === "labels" ? "label" : name}:`, label: label(name), open: true }));
  return best(options, typed);
}

function values(field, typed, settings, tickets) {
  const { known, labels } = settings;
  if (field === "sort" || field === "group") {
    const falls = field === "sort" && typed.startsWith("-") ? "-" : "";
    const names = Object.keys(known).filter((name) => !NO_ORDER.includes(known[name].form) && name !== "text");
    return best(names.map((name) => ({ text: falls + name, label: labels[name] ?? "" })), typed);
  }
  if (!Object.hasOwn(known, field)) return [];
  const { form, values: given, labels: names = [] } = known[field];
  if (form === "day" || form === "moment") return best((form === "day" ? FUTURE : PAST).map(described), typed);
  const own = given.length ? given.map((text, at) => ({ text: spelt(text), label: names[at] ?? "" })) : occurring(field, form, known, tickets);
  const special = form === "person" ? ["me", "none"] : form === "choice" || form === "path" || own.length ? ["none"] : [];
  return best([...own, ...(form === "state" || form === "held" ? [] : special.map(described))], typed);
}

const described = (text) => ({ text, label: say(MEANINGS[text]) });
const occurring = (field, form, known, tickets) =>
  form === "exact" ? valuesOf(tickets, field, known[field]).map((text) => ({ text: spelt(text), label: "" })) : [];

/** Return the options that begin with what is typed, then those of which a later word does. */
function best(options, typed) {
  const bare = typed.replace(/^-/, "");
  const rank = ({ text, label }) => {
    const key = text.toLowerCase().replace(/^["-]/, ""), name = label.toLowerCase();
    return key.startsWith(bare) ? 0 : name.startsWith(bare) ? 1 : `${key} ${name}`.split(/[\s/_.@-]+/).some((word) => word.startsWith(bare)) ? 2 : 3;
  };
  const ranked = options.map((option) => [rank(option), option]).filter(([order]) => order < 3);
  return ranked.sort(([one], [other]) => one - other).slice(0, MOST).map(([, option]) => option);
}
