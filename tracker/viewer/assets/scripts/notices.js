// What a reader should know about an answer: that there is none, or why it cannot be what they expect.

import { make } from "./elements.js";
import { terms } from "./query.js";
import { say } from "./words.js";

/** Return what is to be said above the tickets that a query found. */
export function notices(query, { me }, number) {
  const asked = terms(query.condition);
  const fields = [...asked.map(({ field }) => field), ...query.sort.map(([field]) => field), query.group];
  const asksWho = asked.some(({ field, values }) => values.includes("\0me") || (field === "is" && values.includes("mine")));
  const said = [
    fields.includes("updated") && "no_updates",
    asksWho && !me && "who_are_you",
  ].filter(Boolean);
  const found = said.map((name) => make("p", { className: "tk-notice" }, say(name)));
  return number || said.length ? found : [make("p", { className: "tk-empty" }, say("found_nothing"))];
}
