// Loaded by every page: starts the parts that a page has, and those that every page has.

import { load, root } from "./site.js";
import { keepForLater } from "./keep.js";
import { desk, deskAddress } from "./desk.js";
import {} from "./keyboard.js";

const parts = ((globalThis.tracker ??= {}).parts ??= {});

/** Start what a page asks for: `<div data-tracker="queue">` is handed to the script `queue.js`, once it is there. */
async function start() {
  restoreQuery();
  showPlace();
  tellLanguage();
  offerSearch();
  for (const element of document.querySelectorAll("[data-tracker]:not([data-started])"))
    await run(element.dataset.tracker, element);
}

/** Have the row of links show where the page is, where it is wider than the window. */
function showPlace() {
  const row = document.querySelector(".tk-sections ul"), here = row?.querySelector("[aria-current]");
  if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

const desks = new Set();

/** Have the page say its language, which the theme leaves as it was when it goes to the page in another one. */
async function tellLanguage() {
  desks.add(deskAddress());
  if (desks.size > 1) document.documentElement.lang = (await desk()).language;
}

async function run(name, element) {
  element.dataset.started = "";
  try {
    const [settings] = await Promise.all([desk(), load(`assets/tracker/${name}.js`)]);
    if (!element.isConnected) return; // the theme has gone to another page by now
    await parts[name](element, settings);
    element.dataset.started = "wholly";
  } catch (error) {
    console.error(`tracker: ${name}`, error); // the page stays as it is without scripts
  }
}

/** Have the theme’s search find tickets, too, once somebody goes there; the theme keeps it from page to page. */
function offerSearch() {
  const box = document.querySelector("[data-md-component=search-query]:not([data-started])");
  if (!box) return;
  const search = box.closest("[data-md-component=search]");
  search?.setAttribute("aria-label", box.getAttribute("aria-label") ?? ""); // the theme leaves its dialog nameless
  box.dataset.started = "";
  const begin = () => {
    const wait = (event) => event.isTrusted && event.key === "Enter" && keepForLater(event, box);
    box.addEventListener("keydown", wait);
    run("search", box).finally(() => box.removeEventListener("keydown", wait));
  };
  if (search?.hidden || document.activeElement === box) begin();
  else box.addEventListener("focus", begin, { once: true });
}

/** Have the link to the page in another language lead to what is shown here. */
function keepQuery({ target }) {
  const link = target.closest?.(".tk-language a");
  if (link) link.search = location.search;
}

/** Put the query back into the address, where the theme cannot take it for its own any more (browser/address.py). */
function restoreQuery() {
  if (globalThis.trackerQuery === undefined) return;
  const address = new URL(location.href);
  address.searchParams.set("q", globalThis.trackerQuery);
  delete globalThis.trackerQuery;
  history.replaceState(history.state, "", address);
}

/** Lead a link to the page in a folder, where a browser would list the folder: on the disk. */
function enterFolder({ target }) {
  const link = target.closest?.("a[href]");
  if (link?.href.startsWith(root) && link.pathname.endsWith("/")) link.pathname += "index.html";
}

for (const event of ["pointerdown", "click"]) document.addEventListener(event, keepQuery, true);
if (location.protocol === "file:") for (const name of ["click", "auxclick"]) addEventListener(name, enterFolder, true);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
// The theme exchanges the content of a page without loading it anew (`navigation.instant`), and tells so; but on
// the disk it then tells nothing at all.
globalThis.document$?.subscribe(start);
