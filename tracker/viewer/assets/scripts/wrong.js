// What is wrong with a query, in the words of the command line (tracker/query/problem.py).

import { say } from "./words.js";

const SHOWN = 12;

/** Return {message, hint, parts} of a QueryError: `parts` is the query before, in and after what is wrong. */
export function told(error, text) {
  const signs = [...text];
  const parts = [signs.slice(0, error.start), signs.slice(error.start, error.end), signs.slice(error.end)].map((some) => some.join(""));
  const message = say(`wrong_${error.code}`, { word: parts[1], field: error.field });
  return { message, hint: error.known.length ? allowed(error.known, parts[1]) : advice(error), parts };
}

function advice({ code, field }) {
  const clause = code === "empty" && ["sort", "group"].includes(field), past = code === "time" && ["created", "updated"].includes(field);
  return say(`advice_${code}${clause ? "_clause" : past ? "_past" : ""}`, { field });
}

function allowed(known, word) {
  const values = known.slice(0, SHOWN).join(", ") + (known.length > SHOWN ? ", …" : "");
  const guess = nearest(word.toLowerCase(), known);
  return guess ? say("guess", { guess, values }) : say("allowed", { values });
}

/** Return the known word that differs least from one, if it is alike at all. */
function nearest(word, known) {
  const far = known.map((one) => [distance(word, one.toLowerCase()), one]).sort(([one], [other]) => one - other);
  return word && far.length && far[0][0] <= Math.max(1, word.length / 3) ? far[0][1] : "";
}

/** Count how many letters must be changed, added or taken away to make one word of another. */
function distance(one, other) {
  if (Math.abs(one.length - other.length) > 5) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++)
      next.push(Math.min(next[to - 1] + 1, row[to] + 1, row[to - 1] + (one[at - 1] !== other[to - 1])));
    row = next;
  }
  return row.at(-1);
}
