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

/** Return the known word that is most like one, if it is alike at all, as the command line does with Python’s difflib. */
export function nearest(word, known) {
  const alike = (other) => (2 * shared(other.toLowerCase(), word)) / (other.length + word.length);
  const ranked = known.map((other) => [alike(other), other]).sort(([one, a], [other, b]) => other - one || (a.toLowerCase() < b.toLowerCase() ? 1 : -1));
  return word && ranked.length && ranked[0][0] >= 0.6 ? ranked[0][1] : "";
}

/** Count the letters that two words share: those of the longest part that is in both, and of what is before and after it. */
function shared(one, other) {
  let longest = 0, start = 0, place = 0;
  for (let at = 0; at < one.length; at++)
    for (let to = 0; to < other.length; to++) {
      let length = 0;
      while (at + length < one.length && one[at + length] === other[to + length]) length++;
      if (length > longest) [longest, start, place] = [length, at, to];
    }
  const ends = [start + longest, place + longest];
  return longest && longest + shared(one.slice(0, start), other.slice(0, place)) + shared(one.slice(ends[0]), other.slice(ends[1]));
}
