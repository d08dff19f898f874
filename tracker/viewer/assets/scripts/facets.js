// Which tickets meet a query, and how many of each value there would be: a field is counted over what all other
// conditions leave, so its numbers tell what one would get by choosing otherwise. One pass over the tickets.

import { conditions, meets, once, order } from "./query.js";

const FIRST = ["status", "assignee", "location", "department", "category", "priority", "type", "team", "labels"];
const NOT_COUNTED = ["watchers", "exceptions"];

/** Return the fields that are offered as facets: those whose values are few, the usual ones first. */
export function facetFields(known) {
  const counted = ({ form }, name) => ["choice", "path", "person"].includes(form) && !NOT_COUNTED.includes(name);
  const others = Object.keys(known).filter((name) => !FIRST.includes(name) && counted(known[name], name));
  return [...FIRST.filter((name) => Object.hasOwn(known, name)), ...others];
}

/** Return {found, counts}: the tickets that meet a query and a fixed condition, in the query’s order, and for each
 * field a Map of its values to how many there are; the value "" is for tickets without one. */
export function answer(tickets, query, fixed, context, fields) {
  const asked = conditions(tickets, fixed ? { ...query, condition: both(query.condition, fixed) } : query);
  const tests = asked.map((part) => meets(part, context));
  const owners = asked.map((part) => (fixed && parts(fixed).includes(part) ? -1 : fields.indexOf(ownerOf(part))));
  const columns = fields.map((field) => coded(tickets, field, context.known[field]));
  const numbers = columns.map(({ values }) => new Uint32Array(values.length));
  const passed = new Uint8Array(tickets.length);
  for (let place = 0; place < tickets.length; place++) {
    const failed = failing(tickets[place], tests, owners);
    if (failed === PASSES) {
      passed[place] = 1;
      for (let at = 0; at < columns.length; at++) add(numbers[at], columns[at], place);
    } else if (failed >= 0) add(numbers[failed], columns[failed], place);
  }
  const found = [];
  for (const place of order(tickets, query, context)) if (passed[place]) found.push(tickets[place]);
  const counts = new Map(fields.map((field, at) => [field, summed(columns[at].values, numbers[at], context.known[field])]));
  return { found, counts };
}

const PASSES = -1, FAILS = -2;

/** Return whether a ticket passes, fails, or fails only by the conditions of one field, whose place it then is. */
function failing(row, tests, owners) {
  let failed = PASSES;
  for (let at = 0; at < tests.length; at++) {
    if (tests[at](row)) continue;
    if (owners[at] < 0 || (failed >= 0 && failed !== owners[at])) return FAILS;
    failed = owners[at];
  }
  return failed;
}

const parts = (condition) => condition.all ?? [condition];
const both = (one, other) => ({ all: [...parts(one), ...parts(other)] });
const ownerOf = ({ field, operator, values }) => (operator !== ":" ? "" : field === "is" && values[0] === "open" ? "status" : field);

function add(numbers, { codes, several }, place) {
  const code = codes[place];
  if (code >= 0) numbers[code]++;
  else for (const one of several[-1 - code]) numbers[one]++;
}

/** Return the values of a field as numbers by the places of tickets; a negative one is for several values at once. */
function coded(tickets, field, { values: known }) {
  return once(tickets, `codes ${field}`, () => {
    const values = [""], places = new Map([["", 0]]), codes = new Int32Array(tickets.length), several = [];
    const spelling = new Map(known.map((value) => [value.toLowerCase(), value]));
    const code = (value) => {
      const key = String(value ?? "").toLowerCase();
      if (!places.has(key)) {
        places.set(key, values.length);
        values.push(spelling.get(key) ?? String(value));
      }
      return places.get(key);
    };
    for (let place = 0; place < tickets.length; place++) {
      const value = tickets[place][field];
      codes[place] = !Array.isArray(value) ? code(value) : value.length < 2 ? code(value[0]) : -several.push(value.map(code));
    }
    return { values, codes, several };
  });
}

/** Return numbers by their values; what is in a path is in the paths above it, too. */
function summed(values, numbers, { form }) {
  const found = new Map();
  values.forEach((value, at) => {
    const ends = form === "path" ? [...value.matchAll(/\//g)].map(({ index }) => index) : [];
    for (const name of [...ends.map((end) => value.slice(0, end)), value]) found.set(name, (found.get(name) ?? 0) + numbers[at]);
  });
  return found;
}

/** Return the values that occur in a field of tickets, as they are written. */
export const valuesOf = (tickets, field, known) => coded(tickets, field, known).values.filter(Boolean);
