// Keys: those of every page (where to go, and what keys there are), and those that a part of a page adds. None works
// while one types, with a modifier, or while the theme’s search or a dialog is open.

import { desk } from "./desk.js";
import { button, make } from "./elements.js";
import { root } from "./site.js";
import { say } from "./words.js";

const PATIENCE = 1500; // milliseconds between the two keys of “g q”
let page = { element: null, keys: [] }, since = -Infinity;

/** Add keys while an element is on the page: [[keys, name of the words, act(event), how the keys are shown], …]; falsy ones are left out. */
export function addKeys(element, keys) {
  page = { element, keys: keys.filter(Boolean) };
}

/** Open an address of the website as a click would, so that the theme may exchange only the content of the page. */
export function go(address) {
  const link = make("a", { href: new URL(address, root).href, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}

const ownKeys = () => (page.element?.isConnected ? page.keys : []);

addEventListener("keydown", pressed, true); // before the theme’s own, which has keys, too

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || isBusy(event.target)) return;
  const waited = event.timeStamp - since;
  since = -Infinity;
  if (waited < PATIENCE && /^[a-z]$/.test(event.key)) goTo(event.key);
  else if (event.key === "g") since = event.timeStamp;
  else if (event.key === "c") goToNew();
  else if (event.key === "?") help();
  else {
    const [, , act] = ownKeys().find(([keys]) => keys.includes(event.key)) ?? [];
    if (!act || act(event) === false) return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function isBusy(target) {
  const types = target.isContentEditable || target.closest?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
  return types || document.querySelector("dialog[open], [data-md-toggle=search]:checked");
}

async function goTo(letter) {
  const { places } = await desk();
  if (Object.hasOwn(places, letter)) go(places[letter]);
}

async function goToNew() {
  const settings = await desk();
  if (settings.new) go(settings.new);
}

async function help() {
  const settings = await desk();
  const places = Object.keys(settings.places).map((letter) => [`g ${letter}`, say(`key_place_${letter}`)]);
  const own = ownKeys().filter(([, name]) => name).map(([keys, name, , shown = keys[0]]) => [shown, say(name)]);
  const all = [...own, ...places, ...(settings.new ? [["c", say("key_new")]] : []), ["?", say("key_help")]];
  const rows = all.map(([keys, words]) => make("div", {}, make("dt", {}, ...keys.split(" ").flatMap((key) => [make("kbd", {}, key), " "])), make("dd", {}, words)));
  const dialog = make("dialog", { className: "tk-keys md-typeset", "aria-labelledby": "tk-keys-title", onclose: () => dialog.remove() });
  dialog.append(make("h2", { id: "tk-keys-title" }, say("keys")), make("dl", {}, ...rows), button(say("close"), () => dialog.close(), { className: "tk-button" }));
  document.body.append(dialog);
  dialog.showModal();
}
