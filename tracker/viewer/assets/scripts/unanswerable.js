// What cannot be answered here, though a query that asks for it is right.

import { terms } from "./query.js";

/** Return the name of the text that says what a query asks for that is not known here; null where all is known. */
export function unanswerable(query, me) {
  const asked = terms(query.condition);
  const fields = [...asked.map(({ field }) => field), ...query.sort.map(([field]) => field), query.group];
  if (fields.includes("updated")) return "no_updates";
  const asksWho = asked.some(({ field, values }) => values.includes("\0me") || (field === "is" && values.includes("mine")));
  return asksWho && !me ? "who_are_you" : null;
}
