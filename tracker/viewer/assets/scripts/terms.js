// Changing a query as text: a value more or less of a field, another order, other groups. What the reader wrote
// beside it stays as it is.

/** Return a value as it must be written in a query. */
export function spelt(value) {
  if (value === "") return "none";
  const plain = /^[\p{L}\p{N}_@/+][\p{L}\p{N}_@/+.'’-]*$/u.test(value) && !value.includes("..") && !["none", "me"].includes(value.toLowerCase());
  return plain ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** Return the conditions of a query that a field has one of some values, where nothing but all of them holds. */
export function plainTerms(query, field) {
  const parts = query.condition.all ?? [query.condition];
  return parts.filter((part) => part.field === field && part.operator === ":");
}

/** Return the text of a query with a value added to what a field may be, or taken away. */
export function toggled(text, query, field, value) {
  const terms = plainTerms(query, field);
  if (!terms.length) return withTerm(text, query, `${shown(field)}:${spelt(value)}`);
  const held = [...new Set(terms.flatMap(({ values }) => values))];
  const rest = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
  const term = rest.length ? `${shown(field)}:${rest.map(written).join(",")}` : "";
  const [first, ...others] = terms.sort((one, other) => one.start - other.start);
  return spliced(text, [[first.start, first.end, term], ...others.map(({ start, end }) => [start, end, ""])]);
}

const written = (value) => (value === "\0me" ? "me" : spelt(value));
const shown = (field) => (field === "labels" ? "label" : field);

/** Return the text with one condition more: alternatives get parentheses, clauses stay outside of them. */
function withTerm(text, query, term) {
  if (!query.condition.any) return joined(text, term);
  const clauses = Object.values(query.places).map(([start, end]) => [...text].slice(start, end).join(""));
  const conditions = spliced(text, Object.values(query.places).map(([start, end]) => [start, end, ""]));
  return joined(`(${conditions})`, term, ...clauses);
}

/** Return the text with a clause, `sort` or `group`, of that value; without it for an empty one. */
export function withClause(text, query, clause, value) {
  const place = query.places[clause], term = value && `${clause}:${value}`;
  return place ? spliced(text, [[...place, term]]) : joined(text, term);
}

/** Return the order that a click on a heading asks for: by this field, then the other way round, then as it was. */
export function nextOrder(sort, field, adds) {
  const now = sort.find(([one]) => one === field);
  const next = !now ? [[field, false]] : now[1] ? [] : [[field, true]];
  const found = adds ? [...sort.filter(([one]) => one !== field), ...next] : next;
  if (adds && now && next.length) found.splice(0, found.length, ...sort.map((one) => (one === now ? next[0] : one)));
  return found.map(([one, falls]) => (falls ? "-" : "") + one).join(",");
}

function spliced(text, changes) {
  const signs = [...text];
  for (const [start, end, part] of changes.sort(([one], [other]) => other - one)) signs.splice(start, end - start, ...part);
  return joined(signs.join(""));
}

const joined = (...parts) => parts.map((part) => part.trim()).filter(Boolean).join(" ").replace(/ {2,}(?=(?:[^"]*"[^"]*")*[^"]*$)/g, " ");
