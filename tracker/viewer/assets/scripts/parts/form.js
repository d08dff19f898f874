// The form of a ticket template: checked as one types, kept in this tab, and sent by whoever fills it in.

import { draftId, fieldsOf, moment, textOf } from "./answers.js";
import { controls, made, tell } from "./asked.js";
import { pageOf, tickets } from "./desk.js";
import { problem } from "./rules.js";
import { commandOf, mailOf, placeOf } from "./sending.js";
import { finder } from "./similar.js";
import { count, say } from "./words.js";

const FOLDER = "tickets/drafts";

let unsent = null; // the form that has been written in and not sent
addEventListener("beforeunload", (event) => unsent?.isConnected && event.preventDefault());

tracker.parts.form = async (element, settings) => {
  const form = JSON.parse(element.dataset.form), asked = controls(element, form);
  const part = (name) => element.querySelector(`.tk-${name}`);
  const key = `tracker-form:${location.pathname}`;
  const state = { id: draftId(form, new Set()), ...kept(key) };
  const touched = new Set();

  const now = () => moment(new Date(), form.zone);
  const problems = () => {
    const answers = asked.answers(), values = fieldsOf(form, answers), created = now();
    const wrong = (each) => (asked.unreadable(each) ? form.sentences.date : problem(form, each, answers, values, created));
    return asked.fields.map((each) => [each, wrong(each)]).filter(([, message]) => message);
  };

  const show = () => {
    const answers = asked.answers(), found = new Map(problems().map(([each, message]) => [each.key, message]));
    for (const each of asked.fields) if (touched.has(each.key)) tell(element, each.key, found.get(each.key) ?? "");
    part("file").textContent = say("file", { file: `${FOLDER}/${state.id}.md`, folder: `${FOLDER}/${state.id}/files/` });
    part("text").textContent = textOf(form, answers, state.id, now());
    part("command").textContent = commandOf(form, answers);
  };

  const typed = ({ target }) => {
    touched.add(target.name);
    unsent = element;
    sessionStorage.setItem(key, JSON.stringify({ id: state.id, answers: asked.answers() }));
    show();
    if (target.name === "title") similar(part("similar"), target.value, settings);
  };

  const refuse = (found) => {
    const list = made("ul", "");
    for (const [each, message] of found) {
      touched.add(each.key);
      const item = made("li", ""), link = made("a", message, { href: `#${asked.first(each.key).id}` });
      link.addEventListener("click", (event) => (event.preventDefault(), asked.first(each.key).focus()));
      item.append(link);
      list.append(item);
    }
    part("errors").replaceChildren(made("p", count("errors", found.length)), list);
    part("errors").hidden = false;
    show();
    part("errors").focus();
  };

  const sent = (message, address) => {
    unsent = null;
    part("outcome").replaceChildren(made("p", message));
    if (address) part("outcome").append(made("a", say("again"), { href: address, target: "_blank", rel: "noopener" }));
    part("outcome").focus();
  };

  const ends = {
    async place(answers, name, text) {
      const { address, whole } = placeOf(form, name, text), blanks = { name, forge: form.place.forge };
      const copied = whole || (await copy(text, part("preview")));
      window.open(address, "_blank", "noopener");
      sent(say(whole ? "opened" : copied ? "copied_name" : "not_copied", blanks), address);
    },
    async mail(answers) {
      const { address, whole, text } = mailOf(form, answers);
      if (!whole) part("text").textContent = text;
      const copied = whole || (await copy(text, part("preview")));
      location.href = address;
      sent(say(whole ? "mailed" : copied ? "copied_mail" : "not_copied"), address);
    },
    async copy(answers, name, text) {
      sent(say((await copy(text, part("preview"))) ? "copied" : "not_copied", { name: `${FOLDER}/${name}` }));
    },
  };

  element.addEventListener("input", typed);
  element.addEventListener("focusout", ({ target }) => target.name && touched.add(target.name) && target.value && show());
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = problems(), answers = asked.answers(), name = `${state.id}.md`;
    if (found.length) return refuse(found);
    part("errors").hidden = true;
    show();
    await ends[event.submitter.dataset.end](answers, name, part("text").textContent);
  });
  element.querySelector("[data-end=discard]").addEventListener("click", () => {
    if (unsent && !confirm(say("discard"))) return;
    sessionStorage.removeItem(key);
    unsent = null;
    asked.fields.forEach((each) => tell(element, each.key, ""));
    touched.clear();
    state.id = draftId(form, new Set());
    asked.fill({});
    part("errors").hidden = true;
    part("outcome").replaceChildren();
    show();
    asked.first("title").focus();
  });

  asked.fill(state.answers ?? {});
  element.hidden = false;
  show();
  const taken = await tickets(settings);
  const names = new Set(taken.flatMap((row) => [row.id, ...row.aliases]));
  if (names.has(state.id)) state.id = draftId(form, names);
};

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

/** Copy a text; where the browser does not allow that, show it marked. Return whether it was copied. */
async function copy(text, preview) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    preview.open = true;
    getSelection().selectAllChildren(preview.querySelector(".tk-text"));
    return false;
  }
}

const finders = new WeakMap(); // by the tickets that are loaded

async function similar(place, title, settings) {
  const rows = await tickets(settings);
  if (!finders.has(rows)) finders.set(rows, finder(rows));
  const found = finders.get(rows)(title);
  if (!found.length) return place.replaceChildren();
  const list = made("ul", "");
  for (const row of found) {
    const item = made("li", ""), link = made("a", "", { href: pageOf(row, settings), target: "_blank", rel: "noopener" });
    link.append(made("span", row.id, { className: "tk-id" }), ` ${row.title}`);
    item.append(link);
    list.append(item);
  }
  place.replaceChildren(made("p", say("similar")), list);
}
