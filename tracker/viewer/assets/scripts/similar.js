// Open tickets that may be about the same: those that share words with a title, the rarer the better.

import { pageOf, tickets } from "./desk.js";
import { make } from "./elements.js";
import { say } from "./words.js";

const AT_MOST = 5;
const SHORT = 3;

/** Return a function that finds the tickets most like a title, the most similar first. */
export function finder(rows) {
  const index = new Map(); // the tickets that have a word
  for (const row of rows)
    for (const word of wordsOf(row.title ?? "")) {
      if (!index.has(word)) index.set(word, []);
      index.get(word).push(row);
    }
  const weight = (word) => Math.log(1 + rows.length / (index.get(word)?.length ?? 1));
  return (title) => {
    const words = wordsOf(title), scores = new Map();
    for (const word of words) for (const row of index.get(word) ?? []) scores.set(row, (scores.get(row) ?? 0) + weight(word));
    const enough = [...words].reduce((sum, word) => sum + weight(word), 0) / 3;
    const found = [...scores].filter(([, score]) => score > 0 && score >= enough);
    return found.sort(([, one], [, other]) => other - one).slice(0, AT_MOST).map(([row]) => row);
  };
}

/** Return the words of a text without capitals and accents; a plural counts as its singular. */
function wordsOf(text) {
  const folded = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length >= SHORT || /\d/.test(word)).map((word) => word.replace(/(?<=\w{3})s$/, "")));
}

const finders = new WeakMap(); // by the settings of the desk

/** Show the open tickets that are most like a title. */
export async function similar(place, title, settings) {
  if (!finders.has(settings)) finders.set(settings, tickets(settings).then(finder));
  const found = (await finders.get(settings))(title), list = make("ul");
  for (const row of found) {
    const item = make("li"), link = make("a", { href: pageOf(row, settings), target: "_blank", rel: "noopener" });
    link.append(make("span", { className: "tk-id" }, row.id), ` ${row.title}`);
    item.append(link);
    list.append(item);
  }
  place.replaceChildren(...(found.length ? [make("p", {}, say("similar")), list] : []));
}
