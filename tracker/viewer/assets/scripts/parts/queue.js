// The queue: tickets found by a query, which stands in the address, in a box, and in all that one presses.

import { chosenColumns, columnsMenu } from "./columns.js";
import { editOf, pageOf, tickets } from "./desk.js";
import { button, fill, make } from "./elements.js";
import { answer, facetFields } from "./facets.js";
import { addKeys } from "./keyboard.js";
import { labelOf } from "./labels.js";
import { choice } from "./menu.js";
import { keep, whoAmI } from "./memory.js";
import { asksForClosed, group, parse, searched, terms } from "./query.js";
import { queryBox } from "./query_box.js";
import { selecting } from "./selection.js";
import { showFacets } from "./sidebar.js";
import { load } from "./site.js";
import { ticketTable } from "./table.js";
import { nextOrder, toggled, withClause } from "./terms.js";
import { unanswerable } from "./unanswerable.js";
import { remember } from "./view.js";
import { viewLinks } from "./views.js";
import { count, say } from "./words.js";

const PAUSE = 400; // milliseconds without a key after which a query is taken as it stands
const KEPT = 8; // words of which it is known in which texts they are
const matches = new Map(); // ids of tickets, by the words that their texts hold
let current = null;

const wordsInTexts = ({ condition }) => terms(condition).flatMap(({ field, values }) => (field === "text" ? values.filter(Boolean) : []));

tracker.parts.queue = async (element, settings) => {
  const found = await tickets(settings);
  if (!element.isConnected) return;
  current = queue(element, settings, found);
  current.read();
  requestIdleCallback?.(() => found.forEach(searched)); // so that the first word is as quick as the next
};

addEventListener("popstate", () => current?.here() && current.read());
addEventListener("click", (event) => current?.here() && current.clicked(event), true); // before the theme’s

function queue(element, settings, open) {
  const [top, side, list] = ["top", "side", "list"].map((name) => element.querySelector(`.tk-queue-${name}`));
  const { known, zone } = settings, fields = facetFields(known);
  const fixed = element.dataset.query ? parse(element.dataset.query, known).condition : null;
  let all = open, whole = false, text = "", rows = [], columns = chosenColumns(settings), timer = 0;
  let settled = { text, query: parse(text, known) }; // the last query that was right and stood for a while
  let shown = settled, missing = null; // the query that is answered, and what is not known here that another asked for

  const box = queryBox(settings, () => all, ask);
  const selection = selecting(settings, () => columns, () => table.lines());
  const table = ticketTable(settings, { sort: (field, adds) => clause("sort", nextOrder(shown.query.sort, field, adds)), selection });
  const number = make("p", { className: "tk-queue-number", role: "status" }), told = make("div", { className: "tk-queue-told" });
  const none = list.querySelector(".tk-empty"); // what the page says where nothing is open at all
  const filters = button(say("filters"), () => filters.setAttribute("aria-expanded", String(side.classList.toggle("tk-queue-side--open"))), { className: "tk-button tk-filters", "aria-expanded": "false" });
  const groups = choice(say("group"), [["", say("group_none")], ...fields.map((field) => [field, settings.labels[field]])], "", (field) => clause("group", field));
  const people = (known.assignee?.values ?? []).map((handle) => [handle, labelOf("assignee", handle, settings)]);
  const me = choice(say("i_am"), [["", say("nobody")], ...people], whoAmI(settings), (handle) => (keep("me", handle || null), ask(text, true)));
  const views = make("nav", { className: "tk-views", "aria-label": say("views") });
  top.replaceChildren(...(fixed ? [] : [views]), box.element, make("div", { className: "tk-queue-bar" }, filters, number, groups, columnsMenu(settings, recolumn), me));
  list.replaceChildren(told, table.element, selection.element);
  element.classList.add("tk-queue--live");

  let waiting = null; // what is told after a pause, or when somebody leaves before

  /** Answer a query that is typed; one that cannot be read is told after a pause, or at once when it is finished. */
  function ask(given, done) {
    clearTimeout(timer);
    waiting = null;
    text = given;
    const wrong = take();
    const tell = () => {
      settled = shown;
      box.wrong(wrong);
      if (!wrong) write(done);
    };
    if (!wrong) box.wrong(null);
    show();
    if (done) tell();
    else timer = setTimeout((waiting = tell), PAUSE);
  }

  /** Take the query as it stands, and return what is wrong with it. One that is wrong, or asks what is `missing` here,
   * is not answered: then the last one that was right stays. */
  function take() {
    [shown, missing] = [settled, null];
    try {
      const query = parse(text, known);
      missing = unanswerable(query, whoAmI(settings));
      if (!missing) shown = { text, query };
      return null;
    } catch (error) {
      if (!("code" in error)) throw error;
      return error;
    }
  }

  function change(given) {
    box.show(given);
    ask(given, true);
  }

  const clause = (name, value) => change(withClause(shown.text, shown.query, name, value));

  /** Show what the query finds, with the closed tickets as soon as they are there, where it asks for them. */
  function show() {
    const { query } = shown, answered = shown.text === text && !missing;
    if (!whole && asksForClosed(query, settings)) return loadClosed();
    if (wordsInTexts(query).some((words) => !matches.has(words))) return loadMatches(query);
    const context = { known, zone, now: new Date(), me: whoAmI(settings), matches };
    const { found, counts } = answer(all, query, fixed, context, fields);
    const groups = query.group ? group(found, query, context) : [["", found]];
    rows = query.group ? groups.flatMap(([, some]) => some) : found;
    number.textContent = answered ? count("tickets", found.length) : "";
    element.classList.toggle("tk-queue--unanswered", !answered);
    fill(told, missing ? make("p", { className: "tk-notice" }, say(missing)) : rows.length || !answered ? null : nothing());
    table.element.hidden = !rows.length;
    table.show({ groups, query, columns, number: rows.length });
    selection.take(rows);
    showFacets(side, { query, counts, settings, me: context.me }, (field, value) => change(toggled(shown.text, query, field, value)));
    if (!text) element.classList.toggle("tk-queue--alike", !side.childElementCount); // nothing to choose by: no room for it
    showControls();
  }

  const nothing = () => (none && !text ? none : make("p", { className: "tk-empty" }, say("found_nothing")));

  function showControls() {
    groups.querySelector("select").value = shown.query.group;
    if (!fixed) fill(views, ...viewLinks(settings, text));
  }

  async function loadClosed() {
    const closed = settings.parts.filter(({ name }) => name !== "open").reduce((sum, part) => sum + part.number, 0);
    const asked = text, loading = count("loading", closed);
    number.textContent = loading;
    try {
      all = await tickets(settings, true);
      whole = true;
    } catch {
      if (number.textContent === loading) number.textContent = count("tickets", rows.length);
      return tellNotLoaded(asked);
    }
    if (here()) show();
  }

  /** Ask the index of the search for the tickets whose texts hold the words of a query. */
  async function loadMatches(query) {
    const asked = text, wanted = wordsInTexts(query);
    try {
      await load("assets/tracker/search.js");
      const { matching } = globalThis.trackerModules.search;
      for (const words of wanted) if (!matches.has(words)) matches.set(words, await matching(words, settings));
      for (const words of matches.keys()) if (matches.size > KEPT && !wanted.includes(words)) matches.delete(words);
    } catch {
      return tellNotLoaded(asked);
    }
    if (here()) show();
  }

  /** Say that an answer could not be loaded, unless another one is asked for by now. */
  function tellNotLoaded(asked) {
    if (asked === text) fill(told, make("p", { className: "tk-notice", role: "alert" }, say("not_loaded")));
  }

  function recolumn() {
    columns = chosenColumns(settings);
    show();
  }

  /** Write the query into the address; what is finished can be come back to. */
  function write(done) {
    const address = new URL(location.href);
    if (text.trim()) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    address.hash = "";
    if (address.href === location.href || !here()) return;
    if (done) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
  }

  /** Take the query from the address. */
  function read() {
    const given = new URLSearchParams(location.search).get("q") ?? "";
    box.show(given);
    clearTimeout(timer);
    waiting = null;
    text = given;
    box.wrong(take());
    settled = shown;
    show();
  }

  /** A link to this page is a query; with one to a ticket, the list is remembered. */
  function clicked(event) {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    waiting?.();
    if (list.contains(link) && link.closest("tr"))
      remember({ query: shown.text, address: location.href, tickets: rows.map((row) => ({ id: row.id, address: pageOf(row, settings) })) });
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!plain || link.target || link.hash || link.origin + link.pathname !== location.origin + location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    change(new URLSearchParams(link.search).get("q") ?? "");
  }

  const place = () => Number(document.activeElement?.closest?.("tr[data-place]")?.dataset.place ?? -1);
  const focus = (at) => rows.length > 0 && table.lineAt(Math.max(0, Math.min(at, rows.length - 1)))?.querySelector(".tk-cell-title a").focus();
  const ofRow = (act) => (event) => (place() < 0 ? false : act(place(), event));
  addKeys(element, [
    [["/"], "key_query", () => (box.input.focus(), box.input.select())],
    [["j"], "key_move", () => focus(place() + 1), "j k"],
    [["k"], null, () => focus(place() - 1)],
    [["o"], "key_open", ofRow(() => document.activeElement.closest("tr").querySelector(".tk-cell-title a").click()), "o Enter"],
    Object.keys(settings.edit).length && [["e"], "key_edit", ofRow((at) => edit(rows[at]))],
    [["x", "X"], "key_select", ofRow((at, event) => selection.toggle(at, event.shiftKey))],
  ]);

  function edit(row) {
    const address = editOf(row, settings);
    if (address) location.assign(address);
  }

  const { pathname } = location; // the theme changes it before it exchanges the page
  const here = () => element.isConnected && location.pathname === pathname;
  return { read, clicked, here };
}
