// The list of tickets that a person looked at last, for as long as the tab is open.

const KEY = "tracker-view";

/** Remember a list: its query, its page’s address, and its tickets in order, each with id and address. */
export function remember(view) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    // what cannot be kept is only missed
  }
}

/** Return what stands before and after a ticket in that list; null where it is not in it. */
export function around(id) {
  let view = null;
  try {
    view = JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
  const place = view ? view.tickets.findIndex((ticket) => ticket.id === id) : -1;
  if (place < 0) return null;
  const [previous, next] = [view.tickets[place - 1] ?? null, view.tickets[place + 1] ?? null];
  return { previous, next, address: view.address, query: view.query, place, number: view.tickets.length };
}
