// Tickets out of columns (tracker/viewer/browser/columns.py): one object each, as queries want them.

const NOTHING = { aliases: [], labels: [], watchers: [] };

/** Return the tickets in some columns; all are open, or none is. */
export function rows({ length, columns }, open) {
  const found = Array.from({ length }, () => ({ aliases: NOTHING.aliases, open, comments: 0, linked: [] }));
  for (const [name, column] of Object.entries(columns)) {
    const values = unpacked(column, length);
    for (let place = 0; place < length; place++)
      if (values[place] !== null && values[place] !== undefined) found[place][name] = values[place];
  }
  return found;
}

function unpacked(column, length) {
  if ("all" in column) return Array(length).fill(column.all);
  if (column.pick) return column.at.map((place) => column.pick[place]);
  if (column.time) return running(column.time, (seconds) => seconds * 1000);
  if (column.ids) return running(column.ids, (number) => column.prefix + number);
  if (column.few) return scattered(column.few, unpacked(column.values, column.few.length), length);
  return column.each;
}

function running(differences, shown) {
  let sum = 0;
  return differences.map((one) => (typeof one === "number" ? shown((sum += one)) : one));
}

function scattered(gaps, values, length) {
  const found = Array(length).fill(null);
  let place = 0;
  gaps.forEach((gap, index) => (found[(place += gap)] = values[index]));
  return found;
}
