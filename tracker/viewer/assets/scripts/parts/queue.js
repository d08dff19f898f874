// The queue: tickets to be searched, sorted and grouped.

import { tickets } from "./desk.js";
import { choose, parse } from "./query.js";

tracker.parts.queue = async (element, settings) => {
  const found = await tickets(settings);
  element.dataset.number = choose(found, parse("", settings.known), context(settings)).length;
};

const context = (settings) => ({ known: settings.known, now: new Date(), zone: settings.zone, me: "" });
