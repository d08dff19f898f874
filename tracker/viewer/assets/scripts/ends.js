// What the buttons of a form do. Each returns what to say afterwards, and the address that was opened.

import { copiedFrom } from "./copying.js";
import { mailOf, placeOf } from "./sending.js";
import { say } from "./words.js";

export const ends = {
  async place({ form, part }, name, text) {
    const { address, whole } = placeOf(form, name, text);
    const copied = whole || (await copy(text, part("preview")));
    window.open(address, "_blank", "noopener");
    const said = whole ? "opened" : copied ? "copied_name" : "not_copied_text";
    return [say(said, { name, forge: form.place.forge }), address];
  },
  async mail({ form, asked, part }) {
    const { address, whole, text } = mailOf(form, asked.answers());
    if (!whole) part("text").textContent = text;
    const copied = whole || (await copy(text, part("preview")));
    location.href = address;
    return [say(whole ? "mailed" : copied ? "copied_mail" : "not_copied_text"), address];
  },
  async copy({ part }, name, text) {
    const copied = await copy(text, part("preview"));
    return [say(copied ? "copied_text" : "not_copied_text", { name: `tickets/drafts/${name}` })];
  },
};

/** Copy a text; where the browser does not allow that, show it marked. Return whether it was copied. */
async function copy(text, preview) {
  const done = await copiedFrom(preview.querySelector(".tk-text"), text);
  if (!done) preview.open = true;
  return done;
}
