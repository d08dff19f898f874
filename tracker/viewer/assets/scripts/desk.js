// The desk as a browser knows it: its settings, and its tickets, the open ones first.

import { data, root } from "./site.js";
import { rows } from "./rows.js";
import { speak } from "./words.js";

const known = new Map(); // by address: a website in two languages has two

/** Return where the desk is in the language of the page. */
export const deskAddress = () => document.querySelector("meta[name=tracker-desk]").content;

/** Return the settings of the desk in the language of the page. */
export async function desk() {
  const address = deskAddress();
  if (!known.has(address)) known.set(address, await data(address.replace(/^.*\/|\.js$/g, ""), address));
  if (address !== deskAddress()) return desk(); // the page is another one by now
  speak(known.get(address));
  return known.get(address);
}

const lists = new Map(); // by the addresses of their parts: what is loaded once is kept

/** Return the open tickets; with `all`, the closed ones after them. */
export function tickets(settings, all = false) {
  const parts = settings.parts.filter(({ name }) => all || name === "open");
  const key = parts.map(({ address }) => address).join();
  if (!lists.has(key)) {
    lists.set(key, together(parts, settings));
    lists.get(key).catch(() => lists.delete(key)); // whoever asks again may be luckier
  }
  return lists.get(key);
}

async function together(parts, settings) {
  return (await Promise.all(parts.map((part) => ticketsOf(part, settings)))).flat();
}

const kept = new Map();

async function ticketsOf({ name, address }, settings) {
  if (!kept.has(address)) kept.set(address, complete(rows(await data(name, address), name === "open"), settings));
  return kept.get(address);
}

/** Add to tickets what follows from the rest of them. */
function complete(found, settings) {
  const now = new Date().toLocaleDateString("sv", { timeZone: settings.zone });
  for (const row of found) {
    row.late = row.open && Boolean(row.due) && row.due < now;
    if (row.links) row.linked = row.links.map((link) => link.split(/\s+/, 2));
  }
  return found;
}

/** Return the address of a ticket’s page. */
export function pageOf(row, settings) {
  const [before, after] = settings.pages;
  const path = row.page ? row.page.replace(/^tickets\//, "") : row.id;
  return root + before + path + after; // letters, digits and hyphens only: see viewer/addresses.py
}

/** Return the address where the forge edits a ticket’s file; undefined without a forge. */
export function editOf(row, settings) {
  const prefix = row.id.split("-")[0];
  if (!Object.hasOwn(settings.edit, prefix)) return undefined;
  const created = new Date(row.created ?? NaN);
  const home = row.draft ? "drafts" : Number.isNaN(Number(created)) ? "" : created.toISOString().slice(0, 7).replace("-", "/");
  const path = row.file ?? `tickets/${home}/${row.id}.md`;
  return settings.edit[prefix] + path.split("/").map(encodeURIComponent).join("/");
}
