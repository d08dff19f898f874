// What the values of fields are called.

import { say } from "./words.js";

/** Return what a value of a field is called; empty for none. */
export function labelOf(field, value, { known }) {
  const { values = [], labels = values } = known[field] ?? {};
  return labels[values.indexOf(value)] || String(value ?? "");
}

/** Return the same, with words for none. */
export function labelOrNone(field, value, settings) {
  return value === "" ? say(field === "assignee" ? "unassigned" : "none") : labelOf(field, value, settings);
}
