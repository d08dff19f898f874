// The query box: a text field that tells what may follow (a combobox with a list, after the patterns of WAI-ARIA),
// and says in words what is wrong with what stands in it.

import { completions } from "./completion.js";
import { button, make } from "./elements.js";
import { say } from "./words.js";
import { told } from "./wrong.js";

/** Return a query box: {element, input, show(text), wrong(error)}. `ask(text, done)` is called with each change; `done`
 * tells that the reader has finished it. `tickets()` returns those whose values may be offered. */
export function queryBox(settings, tickets, ask) {
  let options = [], active = -1, from = 0, to = 0, blank = -1; // behind the blank that a completion brought
  const list = make("ul", { role: "listbox", id: "tk-completions", className: "tk-completions", hidden: true, "aria-label": say("completions") });
  const problem = make("p", { id: "tk-query-problem", className: "tk-query-problem", hidden: true });
  const said = make("p", { className: "tk-visually-hidden", role: "status" });
  const input = make("input", { type: "text", className: "tk-query-input", id: "tk-query", autocomplete: "off", spellcheck: false, maxLength: 4000, placeholder: say("query_example"), role: "combobox", "aria-label": say("query"), "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-describedby": problem.id, autocapitalize: "off", enterKeyHint: "search" });
  const clear = button("×", () => finish(""), { className: "tk-query-clear", "aria-label": say("query_clear"), hidden: true });
  const search = make("div", { className: "tk-query", role: "search", "aria-label": say("query") }, input, clear, list);

  input.addEventListener("input", () => {
    clear.hidden = !input.value;
    ask(input.value, false);
    offer();
  });
  input.addEventListener("beforeinput", (event) => {
    if (event.data === " " && input.selectionStart === blank && input.selectionEnd === blank) event.preventDefault();
    blank = -1;
  });
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", close);

  function submit() {
    close();
    ask(input.value, true);
  }

  function finish(text) {
    input.value = text;
    clear.hidden = !text;
    close();
    ask(text, true);
    input.focus();
  }

  function offer() {
    const found = completions(input.value, input.selectionStart, settings, tickets());
    [options, active, from, to] = [found.options, -1, found.start, found.end];
    const typed = input.value.slice(from, to);
    if (options.length === 1 && options[0].text === typed) options = [];
    list.replaceChildren(...options.map(item));
    open(options.length > 0);
  }

  function item({ text, label }, place) {
    const shown = label && label.toLowerCase() !== text.toLowerCase() ? make("span", { className: "tk-completion-label" }, label) : null;
    const stay = (event) => event.preventDefault(); // the box keeps the focus
    const look = { role: "option", id: `tk-completion-${place}`, "aria-selected": "false" };
    return make("li", { ...look, onmousedown: stay, onclick: () => choose(place) }, make("code", {}, text), shown);
  }

  function open(whether) {
    list.hidden = !whether;
    input.setAttribute("aria-expanded", String(whether));
    if (!whether) input.removeAttribute("aria-activedescendant");
  }

  function close() {
    open(false);
    active = -1;
  }

  function move(by) {
    active = (active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function choose(place) {
    const { text, open: goesOn } = options[place];
    const start = input.value.slice(0, from) + text + (goesOn ? "" : " "), rest = input.value.slice(to);
    input.value = start + (goesOn ? rest : rest.replace(/^\s/, ""));
    input.setSelectionRange(start.length, start.length);
    blank = goesOn ? -1 : start.length;
    clear.hidden = false;
    ask(input.value, false);
    if (goesOn) offer();
    else close();
  }

  /** Return the place of the option that is meant: the highlighted one or, for Tab, the first that begins as typed. */
  function meant(key) {
    const typed = input.value.slice(from, to).toLowerCase(), [first] = options;
    return active < 0 && key === "Tab" && !list.hidden && typed && first.text.toLowerCase().startsWith(typed) ? 0 : active;
  }

  function pressed(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (steps) {
      if (list.hidden) offer();
      if (!list.hidden) move(steps);
    } else if (event.key === "Escape") {
      if (list.hidden) input.blur();
      else close();
    } else if ((event.key === "Enter" || event.key === "Tab") && meant(event.key) >= 0 && !event.shiftKey) choose(meant(event.key));
    else if (event.key === "Enter") submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Say what is wrong; null says that nothing is. */
  function wrong(error) {
    input.setAttribute("aria-invalid", String(Boolean(error)));
    problem.hidden = !error;
    said.textContent = "";
    if (!error) return;
    const { message, hint, parts } = told(error, input.value);
    const query = make("code", {}, parts[0], make("mark", {}, parts[1] || " "), parts[2]);
    problem.replaceChildren(make("strong", {}, message), " ", query, " ", hint);
    said.textContent = `${message} ${hint}`;
  }

  function show(text) {
    if (input.value !== text) input.value = text;
    blank = -1;
    clear.hidden = !text;
  }

  return { element: make("div", { className: "tk-query-box" }, search, problem, said), input, show, wrong };
}
