// Queries on the website: the same language as on the command line (tracker/query), held against the same
// specification (tests/query/specification.yml). Nothing is printed here: what is wrong with a query comes as
// a QueryError with a code, and whoever shows it has the words.

const LONGEST = 4000, DEEPEST = 50;
const COMPARISONS = [">=", "<=", ">", "<"];
const ORDERED = ["number", "day", "moment", "choice"];
const CHOSEN = ["choice", "path", "person", "state", "held"];
const NO_ORDER = ["state", "held", "link"]; // forms of what is no value of a ticket that could be sorted by
const ALWAYS = ["state", "held"]; // forms of what no ticket is without
const SHORT = new Map([["label", "labels"], ["watcher", "watchers"], ["link", "links"], ["alias", "aliases"]]);
const ASKER = "\0me"; // stands for whoever asks in what a query says: a person may be called “me”
const OF_ANY_STATUS = ["mine", "unassigned"];
const IS_OPEN = { field: "is", operator: ":", values: ["open"] };

export class QueryError extends Error {
  /** What is wrong (`code`), from where to where in the query, what would be right, and of which field. */
  constructor(code, start, end, known = [], field = "") {
    super(code);
    Object.assign(this, { code, start, end, known, field });
  }
}

/** Read a query. `known` says what can be asked for: {name: {form, values}}. */
export function parse(text, known) {
  return new Parser(text, known).query();
}

/** Return the tickets that meet a query, in its order; only open ones, unless it is about that.
 *
 * `context` is {known, now, zone, me}: a Date, the name of the zone in which days begin, and a handle; and `matches`
 * where the tickets do not bring their texts: the ids of those that hold some words, by these. */
export function choose(tickets, query, context, everything = false) {
  const every = conditions(tickets, query, everything).map((part) => meets(part, context));
  return order(tickets, query, context).map((place) => tickets[place]).filter((row) => every.every((one) => one(row)));
}

/** Return what a ticket must meet, each of it: what is asked, and that it is open unless that is asked about. */
export function conditions(tickets, query, everything = false) {
  const condition = withIds(query.condition, idsOf(tickets));
  const found = condition.all ?? [condition];
  return everything || saysWhetherOpen({ condition }) ? found : [...found, IS_OPEN];
}

/** Whether a query says itself whether its tickets are open, so that closed ones may be among them. */
export const saysWhetherOpen = (query) => terms(query.condition).some(aboutOpen);

/** Return whether closed tickets may meet a query, as far as that can be seen without them. */
export function asksForClosed({ condition }, { prefixes, open }) {
  if (condition.not) return saysWhetherOpen({ condition: condition.not }) || asksForClosed({ condition: condition.not }, { prefixes, open });
  const parts = condition.all ?? condition.any;
  if (parts) return parts.some((part) => asksForClosed({ condition: part }, { prefixes, open }));
  const { field, operator, values } = condition;
  if (!field) return prefixes.some((prefix) => values[0].startsWith(`${lower(prefix)}-`));
  if (field === "is") return values.some((value) => !["open", "late", ...OF_ANY_STATUS].includes(value));
  return field === "id" || (field === "status" && (operator !== ":" || values.some((value) => !open.includes(value))));
}

/** Return tickets by the value of the field that a query groups by: [[value, tickets], …]. */
export function group(tickets, query, context) {
  const groups = new Map();
  for (const row of tickets)
    for (const name of new Set(items(row[query.group]).map(shown)))
      if (groups.has(name)) groups.get(name).push(row);
      else groups.set(name, [row]);
  const order = (name) => sortKey({ [query.group]: name }, query.group, context);
  const named = [...groups.keys()].filter((name) => name !== "").map((name) => [order(name), name]);
  named.sort(([one, a], [other, b]) => (one === null) - (other === null) || compare(one ?? 0, other ?? 0) || compare(a, b));
  return [...named.map(([, name]) => name), ""].filter((name) => groups.has(name)).map((name) => [name, groups.get(name)]);
}

// Words ---------------------------------------------------------------------------------------------------------

class Token {
  /** `signs` are [character, its place, whether it was quoted]. */
  constructor(signs, start, end) {
    this.signs = signs;
    this.text = signs.map(([sign]) => sign).join("");
    this.start = start;
    this.end = end;
  }

  is(word) {
    return lower(this.text) === word && !this.signs.some(([, , quoted]) => quoted);
  }

  find(word, from = 0) {
    for (let at = from; at + word.length <= this.signs.length; at++)
      if ([...word].every((sign, next) => this.signs[at + next][0] === sign && !this.signs[at + next][2])) return at;
    return -1;
  }

  part(start, end = this.signs.length) {
    const signs = this.signs.slice(start, end);
    if (signs.length) return new Token(signs, signs[0][1], signs.at(-1)[1] + 1);
    const place = start ? this.signs[start - 1][1] + 1 : this.start;
    return new Token([], place, place);
  }

  split() {
    const parts = [];
    let start = 0;
    for (let comma; (comma = this.find(",", start)) >= 0; start = comma + 1) parts.push(this.part(start, comma));
    return [...parts, this.part(start)];
  }
}

function tokens(text) {
  const signs = [...text]; // places count characters, as they do on the command line
  if (signs.length > LONGEST) throw new QueryError("length", LONGEST, LONGEST);
  const space = (sign) => " \t\r\n\u00a0".includes(sign);
  const found = [];
  for (let place = 0; place < signs.length; ) {
    const next = signs[place + 1];
    if (space(signs[place])) place++;
    else if ("()".includes(signs[place]) || (signs[place] === "-" && next !== undefined && !space(next) && next !== ")")) {
      found.push(new Token([[signs[place], place, false]], place, place + 1));
      place++;
    } else {
      found.push(word(signs, place, space));
      place = found.at(-1).end;
    }
  }
  return found;
}

function word(signs, start, space) {
  const found = [];
  let place = start, opened = -1;
  for (; place < signs.length && (opened >= 0 || !(space(signs[place]) || "()".includes(signs[place]))); place++) {
    if (signs[place] === '"') opened = opened >= 0 ? -1 : place;
    else {
      if (signs[place] === "\\" && opened >= 0 && ['"', "\\"].includes(signs[place + 1])) place++;
      found.push([signs[place], place, opened >= 0]);
    }
  }
  if (opened >= 0) throw new QueryError("quote", opened, signs.length);
  return new Token(found, start, place);
}

// Reading -------------------------------------------------------------------------------------------------------

const empty = (condition) => condition.all?.length === 0;

class Parser {
  constructor(text, known) {
    this.known = known;
    this.tokens = tokens(text);
    this.length = [...text].length;
    this.next = 0;
    this.sort = [];
    this.group = "";
    this.places = {};
  }

  /** Terms tell where they stand (`start`, `end`), and `places` where the clauses do. */
  query() {
    const condition = this.any(0);
    if (this.peek()) throw this.error("closed", this.peek());
    return { condition, sort: this.sort, group: this.group, places: this.places };
  }

  peek() {
    return this.tokens[this.next];
  }

  error(code, token, known = [], field = "") {
    return new QueryError(code, token?.start ?? this.length, token?.end ?? this.length, known, field);
  }

  any(depth) {
    const parts = [this.all(depth)];
    while (this.peek()?.is("or")) {
      const token = this.tokens[this.next++];
      parts.push(this.all(depth));
      if (parts.some(empty)) throw this.error("incomplete", empty(parts[0]) ? token : this.peek());
    }
    return parts.length === 1 ? parts[0] : { any: parts.flatMap((part) => part.any ?? [part]) };
  }

  all(depth) {
    const parts = [];
    for (let token; (token = this.peek()) && !token.is("or") && !token.is(")"); ) {
      if (token.is("and") && parts.length) this.next++;
      else {
        const part = this.one(depth);
        if (part) parts.push(...(part.all ?? [part]));
      }
    }
    return parts.length === 1 ? parts[0] : { all: parts };
  }

  one(depth) {
    const token = this.peek();
    if (depth > DEEPEST) throw this.error("depth", token);
    if (!token || token.is("or") || token.is(")")) throw this.error("incomplete", token);
    this.next++;
    if (token.is("not") || (token.is("-") && this.peek()?.start === token.end)) {
      const part = this.one(depth + 1);
      return part && (part.not ?? { not: part });
    }
    if (!token.is("(")) return this.term(token, depth);
    const inner = this.any(depth + 1);
    if (!this.peek()) throw this.error("opened", token);
    if (empty(inner)) throw this.error("incomplete", this.peek());
    this.next++;
    return inner;
  }

  term(token, depth) {
    const colon = token.find(":");
    if (colon <= 0) {
      if (!token.text) throw this.error("incomplete", token);
      return { field: "", operator: ":", values: [lower(token.text)], start: token.start, end: token.end };
    }
    const name = token.part(0, colon), rest = token.part(colon + 1);
    const field = singular(lower(name.text));
    if (field === "sort" || field === "group") {
      this.clause(field, name, rest, depth);
      this.places[field] = [token.start, token.end];
      return null;
    }
    const [whole, ...parts] = field.split(".");
    const searchable = this.lookUp(whole);
    if (!searchable || (parts.length && searchable.form !== "details"))
      throw this.error("field", name, [...Object.keys(this.known), "sort", "group"]);
    return { ...this.condition(field, searchable, rest), start: token.start, end: token.end };
  }

  lookUp(name) {
    return Object.hasOwn(this.known, name) ? this.known[name] : undefined;
  }

  clause(clause, name, rest, depth) {
    if (depth) throw this.error("nested", name);
    if (clause === "group" ? this.group : this.sort.length) throw this.error("twice", name);
    const sortable = Object.keys(this.known).filter((field) => !NO_ORDER.includes(this.known[field].form) && field !== "text");
    for (const part of clause === "sort" ? rest.split() : [rest]) {
      const falls = clause === "sort" && part.text.startsWith("-");
      const word = falls ? part.part(1) : part;
      const field = singular(lower(word.text));
      if (!field) throw this.error("empty", word, [], clause);
      if (!sortable.includes(field)) throw this.error("field", word, sortable);
      if (clause === "group") this.group = field;
      else this.sort.push([field, falls]);
    }
  }

  condition(field, searchable, rest) {
    const ordered = ORDERED.includes(searchable.form);
    const sign = COMPARISONS.find((one) => rest.find(one) === 0);
    if (sign) {
      if (!ordered) throw this.error("order", rest, [], field);
      return { field, operator: sign, values: [this.value(field, searchable, rest.part(sign.length), true)] };
    }
    const dots = ordered ? rest.find("..") : -1;
    const parts = dots >= 0 ? [rest.part(0, dots), rest.part(dots + 2)] : rest.split();
    const values = parts.map((part) => this.value(field, searchable, part, dots >= 0));
    return { field, operator: dots >= 0 ? ".." : ":", values };
  }

  value(field, { form, values, labels = [] }, token, compared) {
    let text = lower(token.text);
    const named = labels.map((label, place) => [lower(label), values[place]]).filter(([label]) => label);
    const spelt = new Map([...named, ...values.map((value) => [lower(value), value])]);
    if (!token.text) throw this.error("empty", token, [], field);
    if (token.is("none") && !spelt.has("none") && !compared && !ALWAYS.includes(form)) return field === "comments" ? "0" : "";
    if (form === "held") text = singular(text) === "comments" ? "comment" : singular(text);
    if (form === "person" && token.is("me") && !spelt.has("me")) return ASKER;
    if (CHOSEN.includes(form) && spelt.size) {
      if (!spelt.has(text)) throw this.error({ state: "state", held: "held" }[form] ?? "value", token, values, field);
      return spelt.get(text);
    }
    if (form === "number" && !/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) throw this.error("number", token, [], field);
    if ((form === "day" || form === "moment") && !span(text, new Date(0), "UTC")) throw this.error("time", token, [], field);
    if (form === "moment" && /^\d+(min|h|d|w|m|y)$/.test(text)) throw this.error("ahead", token, [], field);
    return text;
  }
}

// Matching ------------------------------------------------------------------------------------------------------

/** Return what tells whether a ticket meets a condition. */
export function meets(condition, context) {
  if (condition.not) {
    const inner = meets(condition.not, context);
    return (row) => !inner(row);
  }
  if (condition.all) {
    const every = condition.all.map((part) => meets(part, context));
    return (row) => every.every((one) => one(row));
  }
  if (condition.any) {
    const some = condition.any.map((part) => meets(part, context));
    return (row) => some.some((one) => one(row));
  }
  return test(condition, context);
}

function test({ field, operator, values }, context) {
  if (!field) {
    const word = folded(values[0]);
    return (row) => searched(row).includes(word);
  }
  const { form, values: order } = context.known[field.split(".")[0]];
  const some = values.filter(Boolean), oneOf = some.length < values.length ? [lacks(field, form)] : [];
  if (form === "day" || form === "moment") oneOf.push(timed(field, operator, some, form === "day", context));
  else if (form === "number" || operator !== ":") oneOf.push(compared(field, operator, some, form, order));
  else oneOf.push(...some.map((value) => equal(field, form, value, context)));
  return (row) => oneOf.some((one) => one(row));
}

/** Return whether a ticket has no value in a field; an id is always there. */
function lacks(field, form) {
  if (form === "id") return () => false;
  if (form === "link") return (row) => !row.linked.some(([link]) => field === "links" || field === link);
  return (row) => {
    const value = part(row, field);
    return nothing(value) || (typeof value === "object" && !texts(value).length);
  };
}

function compared(field, operator, values, form, order) {
  const measure = (value) => {
    if (form !== "number") return rank(order, value);
    const number = typeof value === "boolean" || nothing(value) || Array.isArray(value) ? NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  };
  const wanted = values.map(measure);
  return (row) =>
    items(row[field]).some((value) => {
      const held = measure(value);
      if (held === null) return false;
      const [first, last] = wanted;
      if (operator === ":") return wanted.includes(held);
      if (operator === "..") return first !== null && last !== null && first <= held && held <= last;
      return first !== null && { ">": held > first, ">=": held >= first, "<": held < first, "<=": held <= first }[operator];
    });
}

function equal(field, form, value, { known, me, matches }) {
  if (field === "text" && matches) return (row) => matches.get(value)?.has(row.id) ?? false;
  if (form === "state") return state(value, me);
  if (form === "held") return held(value, known);
  if (form === "link") return linked(field, value);
  if (form === "id") return (row) => [row.id, ...row.aliases].some((name) => means(value, name));
  const wanted = lower(value === ASKER ? me || "" : value);
  if (form === "text" || form === "details") {
    const word = folded(value);
    return (row) => texts(part(row, field)).some((text) => folded(text).includes(word));
  }
  if (form === "path")
    return (row) => texts(part(row, field)).some((text) => text === wanted || text.startsWith(`${wanted}/`));
  return (row) => {
    const value = part(row, field);
    return typeof value === "string" ? value !== "" && lower(value) === wanted : texts(value).includes(wanted);
  };
}

function state(name, me) {
  if (name === "closed") return (row) => !row.open;
  if (name === "unassigned") return lacks("assignee", "person");
  if (name === "mine") return (row) => Boolean(me) && row.assignee === me;
  return (row) => Boolean(row[name]);
}

function held(name, known) {
  if (name === "comment") return (row) => row.comments > 0;
  const lacking = lacks(name, known[name].form);
  return (row) => !lacking(row);
}

function linked(kind, target) {
  return (row) => row.linked.some(([link, to]) => (kind === "links" || kind === link) && means(target, to));
}

/** Whether an id is meant by what was typed, with its prefix or without. */
function means(typed, name) {
  const id = lower(name), hyphen = id.indexOf("-");
  return typed === id || typed === (hyphen < 0 ? "" : id.slice(hyphen + 1));
}

function part(row, field) {
  const dot = field.indexOf(".");
  if (dot < 0) return row[field];
  const value = row[field.slice(0, dot)], name = field.slice(dot + 1);
  return value && typeof value === "object" && Object.hasOwn(value, name) ? value[name] : undefined;
}

const SEARCHED = Symbol("searched");
const BETWEEN = "\0"; // no word that is searched for reaches from an id into a title

/** The id and the title of a ticket as words are searched in them; they are folded once. */
export function searched(row) {
  return (row[SEARCHED] ??= folded(row.id) + BETWEEN + folded(row.title));
}

function texts(value) {
  if (value === null || value === undefined || value === "") return [];
  return typeof value === "object" ? Object.values(value).flatMap(texts) : [lower(String(value))];
}

/** A text as it is searched: without capitals, accents, and special apostrophes and spaces. */
function folded(text) {
  const found = lower(text);
  if (!/[^\0-\x7f]/.test(found)) return found;
  return lower(found.normalize("NFKD")).replace(/[\u0300-\u036f]/g, "").replaceAll("\u2019", "'");
}

const lower = (text) => text.toLowerCase();
const singular = (name) => SHORT.get(name) ?? name;
const items = (value) => (Array.isArray(value) && value.length ? value : [value]);
const nothing = (value) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);
/** Return the place of a value in an order, whatever its capitals; null where it has none. */
function rank(order, value) {
  if (typeof value !== "string") return null;
  const exact = order.indexOf(value), wanted = lower(value);
  const place = exact < 0 ? order.findIndex((one) => lower(one) === wanted) : exact;
  return place < 0 ? null : place;
}

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Return the single conditions of a condition. */
export function terms(condition) {
  const parts = condition.all ?? condition.any ?? (condition.not && [condition.not]);
  return parts ? parts.flatMap(terms) : [condition];
}

function aboutOpen({ field, values }) {
  if (field === "is") return values.some((value) => !OF_ANY_STATUS.includes(value));
  return field === "status" || field === "id";
}

function withIds(condition, ids) {
  if (condition.not) return { not: withIds(condition.not, ids) };
  if (condition.all) return { all: condition.all.map((part) => withIds(part, ids)) };
  if (condition.any) return { any: condition.any.map((part) => withIds(part, ids)) };
  return !condition.field && ids.has(condition.values[0]) ? { ...condition, field: "id" } : condition;
}

// Order ---------------------------------------------------------------------------------------------------------

const kept = new WeakMap();

/** Return what was made of some tickets before; tickets that are loaded stay as they are. */
export function once(tickets, name, make) {
  if (!kept.has(tickets)) kept.set(tickets, new Map());
  const made = kept.get(tickets);
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

function idsOf(tickets) {
  return once(tickets, "ids", () => {
    const found = new Set();
    for (const row of tickets) {
      found.add(lower(row.id));
      for (const alias of row.aliases) found.add(lower(alias));
    }
    return found;
  });
}

/** Return the places of all tickets in the order of a query, so that one word more in it costs no sorting. */
export function order(tickets, query, context) {
  return once(tickets, `order ${query.sort}`, () => ordered(tickets, query, context));
}

function ordered(tickets, query, context) {
  let places = tickets.map((_, place) => place);
  for (const [field, falls] of [...query.sort].reverse()) {
    const keys = tickets.map((row) => sortKey(row, field, context)), sign = falls ? -1 : 1;
    const ranked = places.filter((place) => keys[place] !== null);
    ranked.sort((one, other) => sign * compareKeys(keys[one], keys[other]));
    places = [...ranked, ...places.filter((place) => keys[place] === null)];
  }
  return places;
}

function compareKeys(one, other) {
  if (!Array.isArray(one)) return compare(one, other);
  return one.map((part, place) => compare(part, other[place])).find((order) => order) ?? 0;
}

function sortKey(row, field, { known, zone }) {
  const { form, values } = known[field];
  const value = items(row[field])[0];
  if (nothing(value)) return null;
  if (form === "number") return Number.isFinite(Number(value)) ? Number(value) : null;
  if (form === "day" || form === "moment") return momentOf(value, form, zone);
  if (form === "choice" || form === "path") return rank(values, value) ?? values.length;
  if (form === "id") {
    const found = /^(?:(.*)-)?(\d{1,15})$/s.exec(String(value));
    return found ? [0, Number(found[2]), found[1] ?? ""] : [1, 0, String(value)];
  }
  return lower(shown(value));
}

function shown(value) {
  if (nothing(value)) return "";
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" ? Object.values(value).join(", ") : String(value);
}

// Time ----------------------------------------------------------------------------------------------------------
// Moments are milliseconds since 1970; a day is [year, month, day], with months from 0 and any overflow.

function timed(field, operator, values, wholeDays, { now, zone }) {
  const spans = values.map((value) => {
    const found = span(value, now, zone);
    return wholeDays && found[0] === found[1] ? day(...dayOf(found[0], zone), zone) : found;
  });
  const [first] = spans, last = spans.at(-1);
  const within = (moment, [start, end]) => (start <= moment && moment < end) || moment === start;
  return (row) => {
    const moment = momentOf(row[field], wholeDays ? "day" : "moment", zone);
    if (moment === null || !first) return false;
    if (operator === ":") return spans.some((one) => within(moment, one));
    if (operator === "..") return moment >= first[0] && (moment < last[1] || within(moment, last));
    if (operator === ">") return moment > first[0] && !within(moment, first);
    if (operator === ">=") return moment >= first[0];
    return operator === "<" ? moment < first[0] : moment < first[1] || within(moment, first);
  };
}

/** Return the time that a person means, as [from, to before]; null where it is none. */
export function span(text, now, zone) {
  const days = { yesterday: -1, today: 0, tomorrow: 1 };
  const present = now.getTime(), [year, month, today] = dayOf(present, zone);
  if (text === "now") return [present, present];
  if (Object.hasOwn(days, text)) return day(year, month, today + days[text], zone);
  const far = /^([+-]?)(\d{1,5})(min|h|d|w|m|y)$/.exec(text);
  if (far) return distance(far[1] === "-" ? -far[2] : Number(far[2]), far[3], present, [year, month, today], zone);
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[t ]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?)?)?$/.exec(text);
  if (!found || !isDay(...found.slice(1).map((part) => (part ? Number(part) : 1)))) return null;
  if (text.length > 10) {
    const moment = instant(text, zone);
    return moment === null ? null : [moment, moment];
  }
  const [, y, m, d] = found.map(Number);
  if (d) return day(y, m - 1, d, zone);
  return m ? [midnight(y, m - 1, 1, zone), midnight(y, m, 1, zone)] : [midnight(y, 0, 1, zone), midnight(y + 1, 0, 1, zone)];
}

function distance(number, unit, present, [year, month, today], zone) {
  if (unit === "min" || unit === "h") {
    const moment = present + number * (unit === "h" ? 3_600_000 : 60_000);
    return [moment, moment];
  }
  if (unit === "d" || unit === "w") return inRange(day(year, month, today + number * (unit === "w" ? 7 : 1), zone));
  const months = month + number * (unit === "y" ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return inRange(day(year, months, Math.min(today, last), zone));
}

/** Return a day whose year the command line can count, too; null for others. */
const inRange = (found) => (found[0] >= utc(1, 0, 1) - 86_400_000 && found[1] <= utc(9999, 11, 31) ? found : null);

const isDay = (year, month, day) =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
const day = (year, month, number, zone) => [midnight(year, month, number, zone), midnight(year, month, number + 1, zone)];

function midnight(year, month, number, zone) {
  return local(utc(year, month, number), zone);
}

function utc(year, month, number, hour = 0, minute = 0, second = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, number);
  return date.setUTCHours(hour, minute, second);
}

/** Return the moment at which the clocks of a zone show a time that is given as if it were UTC's. */
function local(shown, zone) {
  const early = shown - offset(shown - 86_400_000, zone), late = shown - offset(shown + 86_400_000, zone);
  for (const moment of [early, late]) if (moment + offset(moment, zone) === shown) return moment;
  return early; // a time that the clocks skip
}

const formats = new Map();

/** Return by how much the clocks of a zone are ahead of UTC at a moment. */
function offset(moment, zone) {
  if (zone === "UTC") return 0;
  if (!formats.has(zone)) {
    const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
    formats.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", era: "short", ...parts }));
  }
  const told = Object.fromEntries(formats.get(zone).formatToParts(moment).map(({ type, value }) => [type, Number(value) || value]));
  const year = told.era === "BC" ? 1 - told.year : told.year;
  const whole = Math.floor(moment / 1000) * 1000;
  return utc(year, told.month - 1, told.day, Number(told.hour), Number(told.minute), Number(told.second)) - whole;
}

function dayOf(moment, zone) {
  const date = new Date(moment + offset(moment, zone));
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

const moments = new Map();

/** Return the moment that a field holds; null where it holds none. Days repeat, so each text is read once. */
function momentOf(value, form, zone) {
  if (typeof value === "number" && form === "moment") return value;
  if (typeof value !== "string") return null;
  const key = zone + value;
  if (!moments.has(key)) moments.set(key, instant(value, zone));
  return moments.get(key);
}

/** Return the moment that a text says, of a day its beginning; null where it says none. */
function instant(text, zone) {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?([Zz]|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (!found) return null;
  const [year, month, number, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  if (!isDay(year, month, number) || hour > 23 || minute > 59 || second > 59) return null;
  const shown = utc(year, month - 1, number, hour, minute, second);
  if (!found[7]) return local(shown, zone);
  if (/z/i.test(found[7])) return shown;
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(found[7]);
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  return shown - (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
