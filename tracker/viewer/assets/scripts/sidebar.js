// The facets beside the queue: each field with its values, how many tickets there are of each, and which are chosen.

import { button, fill, make } from "./elements.js";
import { labelOrNone } from "./labels.js";
import { plainTerms } from "./terms.js";
import { say, shownNumber } from "./words.js";

const SHOWN = 6;
const ORDERED = ["status", "priority", "type", "work"];
const opened = new Set(); // fields whose values are all shown

/** Show the facets of a query; `choose(field, value)` is called for a value that is pressed. */
export function showFacets(element, { query, counts, settings, me }, choose) {
  const again = () => showFacets(element, { query, counts, settings, me }, choose);
  const sections = [...counts].map(([field, numbers]) => {
    const chosen = new Set(plainTerms(query, field).flatMap(({ values }) => values).map((value) => (value === "\0me" ? me : value)));
    const values = listed(field, numbers, chosen, settings.known[field]);
    return values.length > 1 || chosen.size ? section(field, values, chosen, settings, choose, again) : null;
  });
  fill(element, ...sections);
}

/** Return the values to show, as [value, number]: those with tickets, and those that are chosen. */
function listed(field, numbers, chosen, { values, form }) {
  const all = new Map([...[...chosen].map((value) => [value, 0]), ...numbers]);
  const found = [...all].filter(([value, number]) => number || chosen.has(value));
  const order = new Map(values.map((value, place) => [value, place]));
  if (form === "path") return found.sort(([one], [other]) => (one < other ? -1 : 1));
  if (ORDERED.includes(field)) return found.sort(([one], [other]) => (order.get(one) ?? -1) - (order.get(other) ?? -1));
  return found.sort(([one, a], [other, b]) => (one === "") - (other === "") || b - a || (one < other ? -1 : 1));
}

function section(field, values, chosen, settings, choose, again) {
  const whole = opened.has(field) || values.length <= SHOWN + 1;
  const shown = values.filter(([value], place) => whole || place < SHOWN || chosen.has(value));
  const items = shown.map(([value, number]) => make("li", {}, facet(field, value, number, chosen.has(value), settings, choose)));
  const turn = () => {
    opened[opened.has(field) ? "delete" : "add"](field);
    again();
  };
  const hidden = values.length - shown.length;
  const more = hidden || opened.has(field) ? button(hidden ? say("more_values", { number: hidden }) : say("fewer_values"), turn, { className: "tk-facet-more", "data-key": `${field} more` }) : null;
  return make("section", {}, make("h2", {}, settings.labels[field] ?? field), make("ul", {}, ...items), more);
}

function facet(field, value, number, pressed, settings, choose) {
  const deep = settings.known[field].form === "path" ? value.split("/").length - 1 : 0;
  const name = make("span", { className: `tk-facet-name${value ? "" : " tk-facet-none"}` }, labelOrNone(field, value, settings));
  const counted = make("span", { className: "tk-facet-number" }, shownNumber(number));
  const look = { className: `tk-facet${deep ? " tk-facet--deep" : ""}`, "aria-pressed": String(pressed), "data-key": `${field} ${value}` };
  const made = button(name, () => choose(field, value), look);
  made.append(" ", counted);
  return made;
}
