// Tickets in the theme’s own search, above what it finds itself.

import { desk, deskAddress } from "./desk.js";
import { make } from "./elements.js";
import { keepForLater } from "./keep.js";
import { standIn } from "./stand_in.js";
import { SHOWN, find } from "./search.js";
import { resultOf, wayToAll } from "./search_results.js";
import { count, say } from "./words.js";

tracker.parts.search = async (box) => {
  const result = document.querySelector("[data-md-component=search-result]");
  if (!result?.lastElementChild) return;
  const status = make("div", { className: "md-search-result__meta", role: "status" });
  const list = make("ol", { className: "md-search-result__list" });
  const group = make("div", { className: "tk-search" }, status, list);
  result.insertBefore(group, result.lastElementChild); // the theme keeps its own by their places, first and last
  standIn(box, result);

  const question = () => `${deskAddress()} ${box.value.trim()}`; // each language has pages of its own
  let asked = "", answered = "";

  async function answer() {
    const text = box.value.trim(), mine = question();
    if (mine === asked) return;
    asked = mine;
    try {
      for (const texts of [false, true]) {
        const settings = await desk();
        const found = text ? await find(text, settings, texts) : { words: [], number: 0, tickets: [] };
        if (mine !== asked) return;
        if (texts || found.number) show(found, settings, texts, text);
        if ("entered" in box.dataset && (texts || found.number)) enter();
      }
    } catch (error) {
      console.error("tracker: search", error); // the theme’s own results stay
      if (mine === asked) asked = "";
    }
  }

  function show({ words, number, tickets, narrow }, settings, whole, text) {
    const focused = list.contains(document.activeElement) ? document.activeElement.href : "";
    const items = tickets.map((ticket, place) => resultOf(ticket, words, settings, place));
    if (number > SHOWN) items.push(wayToAll(words, number, settings));
    list.replaceChildren(...items);
    if (focused) [...list.querySelectorAll("a")].find(({ href }) => href === focused)?.focus();
    if (number) status.textContent = count("search_found", number);
    else if (whole) status.textContent = text ? say(narrow ? "search_narrow" : "search_none") : "";
    answered = asked;
  }

  /** Do what Enter does in the theme: it goes to the best result, and ours are better than any of its own. */
  function enter() {
    delete box.dataset.entered;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && question() !== answered) keepForLater(event, box);
    else delete box.dataset.entered;
    if (event.key === "Enter") answer();
  });
  for (const event of ["input", "keyup", "focus"]) box.addEventListener(event, answer);
  box.form?.addEventListener("reset", () => setTimeout(answer));
  answer(); // not awaited: from here on it is the listener above that keeps Enter, and no other one may keep it, too
};
