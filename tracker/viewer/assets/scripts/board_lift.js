// A card in the hand: lifted with the mouse, with a finger that rests on it, or with a key; aimed at a column, and
// dropped or put back. What a drop means is for others to say.

import { make } from "./elements.js";
import { say } from "./words.js";

const FAR = 6; // pixels after which a press of the mouse is a drag
const LONG = 350; // milliseconds after which a finger that rests lifts
const EDGE = 60; // pixels from an edge of the board at which it scrolls

/** Let cards be lifted. `board` has: element, columns() as [{element, value, label, refusal(row)}], rows, drop(row, value), announce(text). */
export function liftable(board) {
  const area = board.element.querySelector(".tk-board");
  area.addEventListener("pointerdown", (event) => press(event, board, area));
  area.addEventListener("keydown", (event) => key(event, board, area));
  area.addEventListener("dragstart", (event) => event.preventDefault()); // of links and pictures
}

const cardOf = (target) => target.closest?.(".tk-card--movable");

/** Lift a card; returns what can be done with it. */
function lift(card, board, area) {
  const row = board.rows.get(card);
  const columns = board.columns().map((column) => ({ ...column, refusal: column.refusal(row) }));
  const home = columns.findIndex(({ element }) => element.contains(card));
  let aimed = -1;
  card.classList.add("tk-card--lifted");
  area.classList.add("tk-board--moving");
  columns.forEach(({ element, refusal }, place) => {
    element.classList.add(refusal ? "tk-column--refuses" : "tk-column--accepts");
    if (!refusal || place === home) return;
    element.querySelector("h2").after(make("p", { className: "tk-column-reason" }, refusal));
  });
  const end = () => {
    card.classList.remove("tk-card--lifted");
    area.classList.remove("tk-board--moving");
    area.querySelectorAll(".tk-column-reason").forEach((reason) => reason.remove());
    columns.forEach(({ element }) => element.classList.remove("tk-column--accepts", "tk-column--refuses", "tk-column--aim"));
  };
  return {
    end,
    /** Aim at a column by its place; returns what is to be said of it. */
    aim(place) {
      if (place === aimed) return "";
      columns[aimed]?.element.classList.remove("tk-column--aim");
      aimed = place;
      columns[aimed]?.element.classList.add("tk-column--aim");
      return columns[aimed] ? [columns[aimed].label, columns[aimed].refusal].filter(Boolean).join(": ") : "";
    },
    /** Aim further left or right. */
    aimBy(step) {
      const place = Math.min(Math.max((aimed < 0 ? home : aimed) + step, 0), columns.length - 1);
      columns[place].element.scrollIntoView({ block: "nearest", inline: "nearest" });
      return this.aim(place);
    },
    aimAt: (element) => columns.findIndex((column) => column.element.contains(element)),
    drop() {
      const target = columns[aimed];
      end();
      if (!target || aimed === home) board.announce(say("board_back"));
      else if (target.refusal) board.announce(target.refusal);
      else board.drop(row, target.value);
    },
  };
}

// Keys ------------------------------------------------------------------------------------------------------------

let held = null; // the card that was lifted with a key

function key(event, board, area) {
  const card = cardOf(event.target);
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.closest("button")) return; // presses it
  if (held ? !carry(event, board) : !walk(event, card, board, area)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Answer a key while a card is lifted; returns whether it was one. */
function carry({ key }, board) {
  const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  if (key in steps) {
    const said = held.aimBy(steps[key]);
    if (said) board.announce(said);
    return true;
  }
  if (key === "Escape" || key === "Tab") {
    held.end();
    board.announce(say("board_back"));
  } else if (["Enter", " ", "m"].includes(key)) held.drop();
  else return false;
  held = null;
  return key !== "Tab";
}

/** Answer a key on a card that lies; returns whether it was one. */
function walk({ key }, card, board, area) {
  if (key === "m" || key === " ") {
    const title = card.querySelector(".tk-card-title"), lifted = lift(card, board, area);
    title.focus();
    held = lifted;
    title.addEventListener("blur", () => held === lifted && ((held = null), lifted.end()), { once: true });
    board.announce(say("board_lifted", { id: board.rows.get(card).id }));
    return true;
  }
  const next = neighbour(key, card, area);
  next?.querySelector(".tk-card-title").focus();
  return Boolean(next);
}

function neighbour(key, card, area) {
  if (key === "ArrowDown" || key === "ArrowUp") {
    const next = key === "ArrowDown" ? card.nextElementSibling : card.previousElementSibling;
    return next?.matches(".tk-card") ? next : null;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const filled = [...area.querySelectorAll(".tk-column")].filter((column) => column.contains(card) || column.querySelector(".tk-card"));
  const column = filled[filled.findIndex((one) => one.contains(card)) + (key === "ArrowRight" ? 1 : -1)];
  const cards = column ? [...column.querySelectorAll(".tk-card")] : [], { top } = card.getBoundingClientRect();
  return cards.find((one) => one.getBoundingClientRect().bottom > top) ?? cards.at(-1);
}

// Mouse and finger ------------------------------------------------------------------------------------------------

function press(event, board, area) {
  const card = cardOf(event.target), finger = event.pointerType !== "mouse";
  if (!card || event.button || event.target.closest("button")) return;
  const listening = new AbortController(), { signal } = listening, start = { x: event.clientX, y: event.clientY };
  let drag = null;
  const begin = () => (drag = dragging(card, start, board, area));
  const timer = finger && setTimeout(begin, LONG);
  const stop = () => {
    clearTimeout(timer);
    listening.abort();
  };
  const listen = (name, handle, options = {}) => document.addEventListener(name, handle, { ...options, signal });
  listen("pointermove", (move) => {
    if (move.pointerId !== event.pointerId) return;
    if (!drag && Math.hypot(move.clientX - start.x, move.clientY - start.y) < FAR) return;
    if (!drag && finger) return stop(); // the finger scrolls
    (drag ?? begin()).to(move.clientX, move.clientY);
  });
  listen("touchmove", (touch) => drag && touch.preventDefault(), { passive: false });
  listen("contextmenu", (menu) => finger && menu.preventDefault());
  const finish = (dropped) => {
    stop();
    if (!drag) return;
    drag.end(dropped);
    document.addEventListener("click", swallow, { capture: true, once: true }); // a drag of a link is no click
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
  };
  listen("pointerup", (up) => up.pointerId === event.pointerId && finish(true));
  listen("pointercancel", () => finish(false));
  listen("keydown", (down) => down.key === "Escape" && finish(false));
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function dragging(card, start, board, area) {
  const box = card.getBoundingClientRect(), lifted = lift(card, board, area);
  const ghost = card.cloneNode(true);
  ghost.className = "tk-card--ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.style.width = `${box.width}px`;
  area.append(ghost);
  let at = start, frame = 0;
  const scroll = () => {
    const { left, right } = area.getBoundingClientRect();
    const by = at.x < left + EDGE ? -12 : at.x > right - EDGE ? 12 : 0;
    if (by) {
      area.scrollLeft += by;
      aim();
    }
    frame = requestAnimationFrame(scroll);
  };
  const aim = () => lifted.aim(lifted.aimAt(document.elementFromPoint(at.x, at.y)));
  const to = (x, y) => {
    at = { x, y };
    ghost.style.transform = `translate(${box.left + x - start.x}px, ${box.top + y - start.y}px) rotate(1.5deg)`;
    aim();
  };
  to(start.x, start.y);
  frame = requestAnimationFrame(scroll);
  return {
    to,
    end(dropped) {
      cancelAnimationFrame(frame);
      ghost.remove();
      if (dropped) lifted.drop();
      else lifted.end();
    },
  };
}
