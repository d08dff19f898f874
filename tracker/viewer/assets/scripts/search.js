// Which tickets words mean. Only the files that hold these words are loaded (tracker/viewer/browser/search_index.py).

import { wordsOf, folded } from "./folding.js";
import { note } from "./postings.js";
import { rows } from "./rows.js";
import { data } from "./site.js";

export const SHOWN = 20;
const CARDS = 128; // tickets in one file of what is shown of them
const FILES = 8; // of one word: more letters need fewer
const [COMMENT, BODY] = [1, 2];
const WEIGHTS = [0, 10, 12, 30, 40, 50]; // by the kind of the place: the conversation, the text, fields, people, the title
const NAMED = 2000, ALMOST = 1000, NEARLY = 5;

const known = new Map(); // by address: a website in two languages has two

async function opened(settings) {
  if (!known.has(settings.search)) known.set(settings.search, open(settings.search));
  return known.get(settings.search);
}

async function open(address) {
  try {
    const { tickets, tiers, common, cards } = await data("search/index", address);
    return { rows: rows(tickets, false), tiers, common, cards, folder: address.replace(/[^/]*$/, "") };
  } catch (error) {
    known.delete(address); // whoever asks again may be luckier
    throw error;
  }
}

/** Return the ids of the tickets in which each of some words stands, or one that begins like it. */
export async function matching(words, settings) {
  const index = await opened(settings);
  const { total } = await weigh(index, wordsOf([words].flat().join(" ")), Object.keys(index.tiers), Infinity);
  return new Set(index.rows.filter((row, place) => total[place]).map((row) => row.id));
}

/**
 * Return the tickets that a text means, the best first: those of this id or alias, then by where its words stand,
 * the open ones first, the new ones first. `texts` tells whether texts and conversations are looked at, too.
 */
export async function find(text, settings, texts) {
  const index = await opened(settings);
  const words = wordsOf(text);
  const { total, each, narrow } = await weigh(index, words, texts ? ["names", "texts"] : ["names"], FILES);
  const aliases = weighNames(index, text, total);
  const { number, best } = choose(index, total);
  const cards = await cardsOf(index, best);
  const tickets = best.map((place, order) => ({
    ...index.rows[place],
    ...cards[order],
    alias: aliases.get(place),
    said: total[place] < ALMOST ? whereFound(each, place) : "",
  }));
  return { words, number, tickets, narrow: narrow || !words.length };
}

/** Return how well each ticket fits some words; 0 where one of them is missing. */
async function weigh(index, words, tiers, most) {
  const total = new Uint16Array(index.rows.length);
  const asked = words.length > 1 ? words.filter((word) => !index.common.some((one) => one.startsWith(word))) : words;
  const required = asked.length ? asked : words;
  const found = await Promise.all(required.map((word) => holders(index, word, tiers, most)));
  const each = found.map(({ kinds }) => kinds);
  for (let place = 0; place < total.length; place++) {
    let sum = 0;
    for (const kinds of each) {
      if (!kinds[place]) {
        sum = 0;
        break;
      }
      sum += WEIGHTS[kinds[place]];
    }
    total[place] = Math.min(sum, ALMOST - 1);
  }
  return { total, each, narrow: found.some(({ narrow }) => narrow) };
}

/** Return, by ticket, in what kind of place a word stands; `narrow` where it is too short to be looked for. */
async function holders(index, word, tiers, most) {
  const wanted = tiers.map((tier) => filesOf(index, tier, word));
  const few = wanted.filter((files) => files.length <= most);
  const texts = await Promise.all(few.flat().map(({ name, version }) => read(index, name, version)));
  const kinds = new Uint8Array(index.rows.length);
  for (const text of texts) note(text, word, kinds);
  return { kinds, narrow: few.length < wanted.length };
}

function filesOf({ tiers }, tier, word) {
  const files = tiers[tier];
  let place = Math.max(0, files.findLastIndex(([first]) => first <= word));
  const found = [];
  do found.push({ name: `${tier}-${files[place]?.[0]}`, version: files[place]?.[1] });
  while (files[++place]?.[0].startsWith(word));
  return files.length ? found : [];
}

function read({ folder }, name, version) {
  const spelt = name.replace(/[^\0-\x7f]/gu, (sign) => `~${sign.codePointAt(0).toString(16)}`);
  return data(`search/${name}`, `${folder}${encodeURIComponent(spelt)}.js?${version.slice(0, 8)}`);
}

/** Put the tickets first whose id or alias a text is; return the aliases that it means. */
function weighNames(index, text, total) {
  const typed = bare(text), aliases = new Map();
  if (!typed || /\s/.test(text.trim())) return aliases;
  index.names ??= index.rows.map(({ id }) => bare(id));
  let nearly = 0;
  for (let place = total.length - 1; place >= 0; place--) {
    const name = index.names[place], { id, aliases: others } = index.rows[place];
    const alias = others.length ? others.find((one) => isNamed(typed, bare(one), one)) : undefined;
    if (alias || isNamed(typed, name, id)) total[place] = NAMED;
    else if (typed.length > 1 && nearly < NEARLY && begins(typed, name, id)) {
      total[place] = ALMOST;
      nearly++;
    }
    if (alias) aliases.set(place, alias);
  }
  return aliases;
}

const bare = (name) => folded(name).replace(/[\s-]/g, "");
const isNamed = (typed, name, id) => name === typed || (name.endsWith(typed) && typed.length === number(id).length);
const begins = (typed, name, id) => /\d$/.test(typed) && (name.startsWith(typed) || number(id).startsWith(typed));
const number = (id) => id.slice(id.indexOf("-") + 1);

function choose({ rows }, total) {
  const best = new Map();
  let number = 0;
  for (let place = total.length - 1; place >= 0; place--) {
    if (!total[place]) continue;
    number++;
    const key = total[place] * 2 + Number(rows[place].open);
    if (!best.has(key)) best.set(key, []);
    if (best.get(key).length < SHOWN) best.get(key).push(place);
  }
  const keys = [...best.keys()].sort((one, other) => other - one);
  return { number, best: keys.flatMap((key) => best.get(key)).slice(0, SHOWN) };
}

async function cardsOf(index, places) {
  const numbers = [...new Set(places.map((place) => Math.floor(place / CARDS)))];
  const read = (number) => data(`search/cards-${number}`, `${index.folder}cards-${number}.js?${index.cards[number]}`);
  const files = new Map(await Promise.all(numbers.map(async (number) => [number, await read(number)])));
  return places.map((place) => {
    const [title, status, look, assignee, page] = files.get(Math.floor(place / CARDS))[place % CARDS];
    return { title, status, look, assignee, page };
  });
}

/** Return what to say of where a ticket’s words stand, unless its line shows it. */
function whereFound(each, place) {
  const kinds = each.map((found) => found[place]);
  return kinds.includes(COMMENT) ? "search_said" : kinds.includes(BODY) ? "search_text" : "";
}
