// Words for people, in the page's language: they come with the data of the desk.

let words = {};

/** Take the words of a language. */
export function speak(given) {
  words = given;
}

/** Return a text with what is in braces filled in. */
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** Return the form of a text that fits a number, which it may hold as {number}. */
export function count(name, number, values = {}) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(number) === "one" ? "one" : "many";
  return say(`${name}_${form}`, { number: number.toLocaleString(document.documentElement.lang), ...values });
}
