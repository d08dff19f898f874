// Tickets out of columns (tracker/viewer/browser/columns.py): one object each, as queries want them. All have the
// same properties in the same order, which a browser reads much faster than objects that differ.

const EMPTY = Object.freeze([]);

/** Return the tickets in some columns; all are open, or none is. */
export function rows({ length, columns }, open) {
  const found = Array.from({ length }, () => ({ aliases: EMPTY, open, comments: 0, linked: EMPTY, late: false }));
  for (const [name, column] of Object.entries(columns)) {
    const values = unpacked(column, length), otherwise = { aliases: EMPTY, comments: 0 }[name] ?? null;
    for (let place = 0; place < length; place++) found[place][name] = values[place] ?? otherwise;
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
