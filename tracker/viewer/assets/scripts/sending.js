// How an answered form is sent: to the forge's page for a new file, by mail, or from a clone.

import { bodyOf, items, strip } from "./answers.js";

const LONGEST_MAIL = 2000; // what programs for mail take as an address, Windows among them

/** Return the address of the forge's page for a file; `whole` where its text is in it. */
export function placeOf({ place }, name, text) {
  const bare = `${place.address}?${place.name}=${encodeURIComponent(name)}`;
  const full = place.text ? `${bare}&${place.text}=${encodeURIComponent(text)}` : "";
  return full && full.length <= place.longest ? { address: full, whole: true } : { address: bare, whole: false };
}

/** Return the address of a new mail, and its text; `whole` where the text is in the address. */
export function mailOf(form, answers) {
  const text = `${block(form, answers)}\n\n${bodyOf(form, answers)}`;
  const subject = encodeURIComponent(strip(answers.title));
  const bare = `mailto:${encodeURIComponent(form.mail).replace("%40", "@")}?subject=${subject}`;
  const full = `${bare}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  return full.length <= LONGEST_MAIL ? { address: full, whole: true, text } : { address: bare, whole: false, text };
}

/** Return the lines of a mail that say the fields (tracker/model/mail_form.py reads them). */
function block(form, answers) {
  const lines = [`[tracker: ${form.name}]`];
  for (const element of form.elements) {
    if (!element.field) continue;
    const several = ["choices", "items"].includes(element.control);
    const answer = several ? items(element, answers[element.key]).join(", ") : strip(answers[element.key]);
    if (answer || element.value) lines.push(answer ? `${element.key}: ${folded(answer)}` : `${element.key}:`);
  }
  return lines.join("\n");
}

/** Further lines of a value begin with a space, and an empty one is a full stop, as in Debian's control files. */
const folded = (text) => text.split("\n").map((line, place) => (place && /^\.*$/.test(line) ? `.${line}` : line)).join("\n ");

/** Return the command that files the same. */
export function commandOf(form, answers) {
  const title = quoted(strip(answers.title)), last = /^'?-/.test(title) ? ["--", title] : []; // it is no option
  const parts = ["tracker", "new", ...(last.length ? [] : [title]), "-t", quoted(form.name), "--draft"];
  for (const element of form.elements) {
    if (!element.field || element.key === "title") continue;
    const several = ["choices", "items"].includes(element.control);
    const answer = several ? items(element, answers[element.key]).join(",") : strip(answers[element.key]);
    if (answer || (element.value && !element.key.includes("."))) parts.push("-s", quoted(`${element.key}=${answer}`));
  }
  const body = bodyOf(form, answers);
  parts.push(...(body ? ["-m", quoted(body.slice(0, -1))] : ["-F", "/dev/null"]));
  return [...parts, ...last].join(" ");
}

/** Return a word as a shell takes it, whatever is in it. */
const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`);
