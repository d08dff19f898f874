// Buttons that copy a text.

import { button, make } from "./elements.js";
import { say } from "./words.js";

const SHOWN = 1500; // milliseconds

/** Return a button that copies what `text` returns; it says so for a moment. */
export function copyButton(label, text) {
  const copy = async () => {
    made.textContent = say((await copied(text())) ? "copy_done" : "copy_failed");
    setTimeout(() => (made.textContent = label), SHOWN);
  };
  const made = button(label, copy, { "aria-live": "polite" });
  return made;
}

/** Copy a text, or else select the element that shows it; return whether the browser copied it. */
export async function copiedFrom(shown, text) {
  const done = await copied(text);
  if (!done) getSelection().selectAllChildren(shown);
  return done;
}

/** Copy a text; return whether the browser did. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // without https, or where it is not allowed
  }
}

function copiedByHand(text) {
  const field = make("textarea", { value: text, className: "tk-visually-hidden" }), focused = document.activeElement;
  (document.querySelector("dialog[open]") ?? document.body).append(field); // a dialog keeps the focus within it
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
