// What this browser remembers of its reader: who they are, and how they like the queue. Nothing leaves it.

/** Return what is remembered under a name; null where nothing is. */
export function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(`tracker-${name}`));
  } catch {
    return null; // forbidden, or written by somebody else
  }
}

/** Remember something; null forgets it. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(`tracker-${name}`);
    else localStorage.setItem(`tracker-${name}`, JSON.stringify(value));
  } catch {
    // a browser that may not remember still shows the page
  }
}

/** Return the handle of whoever reads, as they said; empty where they did not, or are nobody of the desk. */
export function whoAmI(settings) {
  const handle = remembered("me");
  return settings.known.assignee?.values.includes(handle) ? handle : "";
}
