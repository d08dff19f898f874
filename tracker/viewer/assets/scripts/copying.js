// Buttons that copy a text.

import { say } from "./words.js";

const SHOWN = 1500; // milliseconds

/** Return a button that copies what `text` returns; it says so for a moment. */
export function copyButton(label, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = say((await copied(text())) ? "copy_done" : "copy_failed");
    setTimeout(() => (button.textContent = label), SHOWN);
  });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // without https, or where it is not allowed
  }
}

function copiedByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
