// Which tickets hold a word, out of the text of a file of words (tracker/viewer/browser/postings.py).

export const MARKS = "!#$%&";
const LAST = 43; // digits that end a number; as many others say that it goes on
const SPACE = 32;
const KINDS = new Uint8Array(128), DIGITS = new Uint8Array(128);

[...MARKS].forEach((mark, place) => (KINDS[mark.charCodeAt(0)] = MARKS.length - place));
[...Array(0x7f - 0x27).keys()]
  .map((place) => 0x27 + place)
  .filter((code) => code !== 0x5c)
  .forEach((code, value) => (DIGITS[code] = value));

/**
 * Note in `found`, by ticket, the best kind of place where a word stands that begins like this: the first of
 * MARKS has the highest number.
 */
export function note(text, start, found) {
  const wanted = ` ${start}`;
  let at = text.indexOf(wanted);
  while (at >= 0 && text.startsWith(wanted, at)) at = noteEntry(text, at + wanted.length, found);
}

function noteEntry(text, start, found) {
  let at = start, kind = 0, ticket = -1, number = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE) break;
    if (code < 128 && KINDS[code]) [kind, ticket, number] = [KINDS[code], -1, 0];
    else if (kind) {
      const digit = DIGITS[code];
      if (digit >= LAST) number = (number + digit - LAST + 1) * LAST;
      else {
        ticket += number + digit + 1;
        if (found[ticket] < kind) found[ticket] = kind;
        number = 0;
      }
    }
  }
  return at;
}
