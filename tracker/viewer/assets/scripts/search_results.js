// What is shown of a ticket that was found: built as the theme builds its own results, so that its keys work.

import { pageOf } from "./desk.js";
import { make } from "./elements.js";
import { folded } from "./folding.js";
import { labelOf } from "./labels.js";
import { root } from "./site.js";
import { count, say } from "./words.js";

const BEST = 1e9; // the theme goes to the result with the highest score when Enter is pressed

/** Return a ticket as an item of the list. */
export function resultOf(ticket, words, settings, place) {
  const about = make("div", { className: "tk-search__about" }, make("span", { className: "tk-id" }, ticket.id));
  if (ticket.alias) about.append(make("span", { className: "tk-id" }, ticket.alias));
  const status = labelOf("status", ticket.status, settings);
  if (status) about.append(make("span", { className: `tk-status tk-status--${ticket.look}` }, status));
  const assignee = labelOf("assignee", ticket.assignee, settings);
  if (assignee) about.append(make("span", {}, assignee));
  if (ticket.said) about.append(make("span", {}, say(ticket.said)));
  const title = make("div", { className: "tk-search__title" }, ...marked(ticket.title, words));
  return item(pageOf(ticket, settings), BEST - place, title, about);
}

/** Return the item that leads to all tickets with these words, in the queue. */
export function wayToAll(words, number, settings) {
  const query = `is:open,closed ${words.map((word) => `text:${word}`).join(" ")}`;
  const address = new URL(`${settings.queue}?q=${encodeURIComponent(query)}`, root).href;
  return item(address, 0, make("div", { className: "tk-search__all" }, count("search_all", number)));
}

function item(address, score, ...content) {
  const article = make("article", { className: "md-search-result__article md-typeset" }, ...content);
  article.dataset.mdScore = String(score);
  const link = make("a", { className: "md-search-result__link", href: address, tabIndex: -1 }, article);
  return make("li", { className: "md-search-result__item" }, link);
}

/** Return a title in which the words that were looked for are marked. */
function marked(title, words) {
  return title.split(/([\p{L}\p{N}\p{M}]+)/u).map((part) => {
    const plain = folded(part);
    return words.some((word) => plain.startsWith(word)) ? make("mark", {}, part) : part;
  });
}
