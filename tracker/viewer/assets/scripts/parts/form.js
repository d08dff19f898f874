// The form of a ticket template: checked as one types, kept in this tab, and sent by whoever fills it in.

import { draftId, fieldsOf, moment, textOf } from "./answers.js";
import { controls, tell } from "./asked.js";
import { tickets } from "./desk.js";
import { make } from "./elements.js";
import { ends } from "./ends.js";
import { problem } from "./rules.js";
import { commandOf } from "./sending.js";
import { similar } from "./similar.js";
import { count, say } from "./words.js";

const FOLDER = "tickets/drafts";

let unsent = null; // the form that was written in and not sent
addEventListener("beforeunload", (event) => unsent?.isConnected && event.preventDefault());

tracker.parts.form = async (element, settings) => {
  const form = JSON.parse(element.dataset.form), asked = controls(element, form);
  const page = { element, form, asked, settings, touched: new Set(), key: `tracker-form:${location.pathname}` };
  page.part = (name) => element.querySelector(`.tk-${name}`);
  const { id = draftId(form, new Set()), answers = {}, sent = false } = kept(page.key);
  Object.assign(page, { id, sent });
  element.addEventListener("input", ({ target }) => typed(page, target));
  element.addEventListener("focusout", ({ target }) => left(page, target));
  element.addEventListener("submit", (event) => submitted(page, event));
  element.querySelector("[data-end=discard]").addEventListener("click", () => discard(page));
  asked.fill(answers);
  unsent = sent || !Object.keys(answers).length ? null : element;
  element.hidden = false;
  show(page);
  const taken = new Set((await tickets(settings)).flatMap((row) => [row.id, ...row.aliases]));
  if (taken.has(page.id)) page.id = draftId(form, taken);
};

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function keepAnswers({ key, id, asked, sent }) {
  try {
    sessionStorage.setItem(key, JSON.stringify({ id, answers: asked.answers(), sent }));
  } catch {
    // a browser that may not remember loses them with the page
  }
}

const now = ({ form }) => moment(new Date(), form.zone);

/** Return what is wrong, by the keys of the questions. */
function problems(page) {
  const { form, asked } = page, answers = asked.answers(), values = fieldsOf(form, answers), created = now(page);
  const wrong = (each) => (asked.unreadable(each) ? form.sentences.date : problem(form, each, answers, values, created));
  return new Map(asked.fields.map((each) => [each.key, wrong(each)]).filter(([, message]) => message));
}

/** Show the file as it is by now, and what is wrong with the answers that were looked at. */
function show(page) {
  const { element, form, asked, part, id, touched } = page, answers = asked.answers(), found = problems(page);
  for (const { key } of asked.fields) if (touched.has(key)) tell(element, key, found.get(key) ?? "");
  sumUp(page, new Map([...found].filter(([key]) => touched.has(key))));
  part("file").textContent = say("file", { file: `${FOLDER}/${id}.md`, folder: `${FOLDER}/${id}/files/` });
  part("text").textContent = textOf(form, answers, id, now(page));
  part("command").textContent = commandOf(form, answers);
  return found;
}

function typed(page, { name, value }) {
  page.touched.add(name);
  if (page.sent) page.id = draftId(page.form, new Set([page.id])); // what is changed after it was sent is another ticket
  page.sent = false;
  unsent = page.element;
  keepAnswers(page);
  show(page);
  if (name === "title") similar(page.part("similar"), value, page.settings);
}

function left(page, { name, value }) {
  if (!name || !value) return; // what is passed over on the way is not wrong yet
  page.touched.add(name);
  show(page);
}

async function submitted(page, event) {
  event.preventDefault();
  const found = show(page), { part } = page;
  if (found.size) return refuse(page, found);
  const [message, address] = await ends[event.submitter.dataset.end](page, `${page.id}.md`, part("text").textContent);
  unsent = null;
  page.sent = true;
  keepAnswers(page);
  part("outcome").replaceChildren(make("p", {}, message));
  if (address) part("outcome").append(make("a", { href: address, target: "_blank", rel: "noopener" }, say("again")));
  part("outcome").focus();
}

/** Say all that is wrong above the form, and go there. */
function refuse(page, found) {
  const box = page.part("errors");
  for (const key of found.keys()) page.touched.add(key);
  box.hidden = false;
  show(page);
  box.focus();
}

/** Have the list above the form, where it was asked for, say what is still wrong, with links to the answers. */
function sumUp({ asked, part }, found) {
  const box = part("errors");
  if (!found.size) box.hidden = true;
  if (box.hidden) return;
  const items = [...found].map(([key, message]) => {
    const first = asked.first(key);
    return make("li", {}, make("a", { href: `#${first.id}`, onclick: (event) => (event.preventDefault(), first.focus()) }, message));
  });
  const said = [make("p", {}, count("errors", found.size)), make("ul", {}, ...items)];
  if (said.map((one) => one.textContent).join("") !== box.textContent) box.replaceChildren(...said); // it is read aloud
}

function discard(page) {
  if (unsent && !confirm(say("discard"))) return;
  sessionStorage.removeItem(page.key);
  unsent = null;
  for (const { key } of page.asked.fields) tell(page.element, key, "");
  page.touched.clear();
  page.id = draftId(page.form, new Set());
  page.asked.fill({});
  page.part("errors").hidden = true;
  for (const name of ["outcome", "similar"]) page.part(name).replaceChildren();
  show(page);
  page.asked.first("title").focus();
}
