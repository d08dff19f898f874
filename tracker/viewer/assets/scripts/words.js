// Words for people, in the page's language: they come with the data of the desk.

let words = {}, language = "en";

/** Take the language of the desk, and its words. */
export function speak(settings) {
  ({ words, language } = settings);
}

/** Return the language of the words: the theme leaves that of the page when it exchanges what is in it. */
export const spoken = () => language;

/** Return a number as the language has it. */
export const shownNumber = (number) => number.toLocaleString(language);

/** Return a text with what is in braces filled in. */
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** Return the form of a text that fits a number, which it may hold as {number}. */
export function count(name, number, values = {}) {
  const form = new Intl.PluralRules(language).select(number) === "one" ? "one" : "many";
  return say(`${name}_${form}`, { number: shownNumber(number), ...values });
}
