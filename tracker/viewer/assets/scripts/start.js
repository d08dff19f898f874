// Loaded by every page: starts the parts that a page has, and those that every page has.

import { load, root } from "./site.js";
import { desk } from "./desk.js";
import {} from "./keyboard.js";

const parts = ((globalThis.tracker ??= {}).parts ??= {});

/** Start what a page asks for: `<div data-tracker="queue">` is handed to the script `queue.js`, once it is there. */
async function start() {
  restoreQuery();
  for (const element of document.querySelectorAll("[data-tracker]:not([data-started])")) {
    element.dataset.started = "";
    const name = element.dataset.tracker;
    try {
      const [settings] = await Promise.all([desk(), load(`assets/tracker/${name}.js`)]);
      await parts[name](element, settings);
    } catch (error) {
      console.error(`tracker: ${name}`, error); // the page stays as it is without scripts
    }
  }
}

/** Put the query back into the address, where the theme cannot take it for its own any more (browser/address.py). */
function restoreQuery() {
  if (globalThis.trackerQuery === undefined) return;
  const address = new URL(location.href);
  address.searchParams.set("q", globalThis.trackerQuery);
  delete globalThis.trackerQuery;
  history.replaceState(history.state, "", address);
}

// The theme exchanges the content of a page without loading it anew (`navigation.instant`), and tells so; on the disk
// it then tells nothing at all, not even of the first page.
globalThis.document$?.subscribe(start);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
