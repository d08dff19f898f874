// Views: queries that many ask, those that every desk has and those of tracker.yml, as links.

import { make } from "./elements.js";
import { say } from "./words.js";

const BUILT_IN = [["view_open", ""], ["view_mine", "is:mine"], ["view_unassigned", "is:unassigned"], ["view_late", "is:late"], ["view_all", "is:open,closed"]];

/** Return the links to the views; that of the present query is marked. */
export function viewLinks({ views }, text) {
  const all = [...BUILT_IN.map(([name, query]) => [say(name), query]), ...views.map(({ label, query }) => [label, query])];
  return all.map(([label, query]) => {
    const address = new URL(location.href);
    address.search = query ? new URLSearchParams({ q: query }) : "";
    address.hash = "";
    const here = query === text.trim() ? "page" : undefined;
    return make("a", { href: address.href, "aria-current": here, "data-key": `view ${query}` }, label);
  });
}
