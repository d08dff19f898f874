// A ticket’s page: copying, commenting with the time filled in, and the way through the list one came from.

import { copyButton } from "./copying.js";
import { make } from "./elements.js";
import { addKeys } from "./keyboard.js";
import { root } from "./site.js";
import { around } from "./view.js";
import { say } from "./words.js";

tracker.parts.ticket = async (element) => {
  const { id } = element.dataset;
  const copies = [
    copyButton(say("copy_id"), () => id),
    copyButton(say("copy_link"), () => location.href.replace(/#.*/, "")),
  ];
  element.querySelector("details").before(...copies);
  for (const code of element.querySelectorAll("code"))
    code.after(copyButton(say("copy"), () => code.textContent));
  for (const code of document.querySelectorAll(".tk-main pre > code"))
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0; // as the theme does, where its scripts are
  timed(element.querySelector("[data-tool=comment]"));
  const way = wayThrough(around(id));
  if (way) element.append(way);
  const follow = (name) => () => element.querySelector(`[data-tool=${name}]`)?.click();
  const back = () => (element.querySelector("[data-tool=back]") ?? document.querySelector(".tk-path a")).click();
  addKeys(element, [
    [["j"], "key_move", follow("next"), "j k"],
    [["k"], null, follow("previous")],
    element.querySelector("[data-tool=edit]") && [["e"], "key_edit", follow("edit")],
    [["u"], "key_back", back],
  ]);
};

/** Fill in the time of a new comment whenever its link is about to be followed. */
function timed(link) {
  if (!link || link.getAttribute("href").startsWith("#")) return;
  const address = link.getAttribute("href");
  const fill = () => {
    const now = new Date().toISOString().replace(/\.\d+/, "");
    const named = address.replace("/TIME-", `/${now.replaceAll(":", "")}-`);
    link.href = named.replace("TIME%0A", `${encodeURIComponent(now)}%0A`);
  };
  for (const event of ["pointerdown", "focus"]) link.addEventListener(event, fill);
}

/** Return the links to the tickets before and after this one in a list, and to the list itself. */
function wayThrough(found) {
  if (!found) return null;
  const place = say("place", { place: found.place + 1, number: found.number });
  return make("nav", { className: "tk-around", "aria-label": say("around") }, [
    found.previous && link("previous", `← ${found.previous.id}`, found.previous.address, "k"),
    link("back", place, found.address, "u"),
    found.next && link("next", `${found.next.id} →`, found.next.address, "j"),
  ]);
}

function link(name, text, address, key) {
  const href = new URL(address, root).href;
  return make("a", { "data-tool": name, href, title: `${say(name)} (${key})` }, text);
}
