// The list from which a ticket was opened: its page leads to the tickets before and after it. It is kept in the
// session of this tab, ids as one text, because a list may hold 100,000 of them.

const NAME = "tracker-view";

/** Remember a list: {query, address, tickets: [{id, address}]}, in its order. */
export function remember({ query, address, tickets }) {
  const usual = tickets.length ? patternOf(tickets[0]) : "";
  const others = {};
  tickets.forEach((ticket, place) => {
    if (patternOf(ticket) !== usual) others[place] = ticket.address;
  });
  const ids = tickets.map(({ id }) => id).join("\n");
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ query, address, ids, usual, others }));
  } catch {
    // a browser that may not remember, or not so much, goes without
  }
}

/** Return {previous, next, address, query, place, number} of a ticket in the list it was opened from, or null.
 *
 * `previous` and `next` are {id, address}, or null at the ends; `place` counts from 0. */
export function around(id) {
  const list = recalled();
  const place = list ? list.ids.indexOf(id) : -1;
  if (place < 0) return null;
  const at = (one) => {
    const found = list.ids[one];
    return found === undefined ? null : { id: found, address: list.others[one] ?? list.usual.replaceAll("\0", found) };
  };
  return { previous: at(place - 1), next: at(place + 1), address: list.address, query: list.query, place, number: list.ids.length };
}

function recalled() {
  try {
    const list = JSON.parse(sessionStorage.getItem(NAME));
    return list && { ...list, ids: list.ids.split("\n") };
  } catch {
    return null;
  }
}

const patternOf = ({ id, address }) => address.replaceAll(id, "\0");
