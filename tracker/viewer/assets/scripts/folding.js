// The words of a text as they are searched for: the same as tracker/viewer/browser/search_words.py finds.

const WORD = /[\p{L}\p{N}]{2,32}|(?![\0-\x7f])[\p{L}\p{N}]/gu;

/** A text without capitals, accents, and special apostrophes and spaces (as in query.js). */
export function folded(text) {
  const lower = text.toLowerCase();
  if (!/[^\0-\x7f]/.test(lower)) return lower;
  return lower.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").replaceAll("\u2019", "'");
}

/** Return each word of a text once. */
export function wordsOf(text) {
  return [...new Set(folded(text).match(WORD))];
}
