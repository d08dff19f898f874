// Front matter as text, to the byte as tracker/document/scalar.py and write.py write it. A text is quoted where a
// reader of YAML would take it for anything else; `Plain` stands for numbers and days, which never are.

const SPECIAL = /[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const RETYPED = new RegExp(
  "^(?:" +
    [
      String.raw`[-+]?(?:\.\p{Nd}+|\p{Nd}+(?:\.\p{Nd}*)?)(?:[eE][-+]?\p{Nd}+)?`, // numbers, YAML 1.2
      "0o[0-7]+|0x[0-9a-fA-F]+|[yYnN]",
      String.raw`[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)`,
      "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF", // and of YAML 1.1
      String.raw`[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?`,
      String.raw`[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*`,
      "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+",
      "~|null|Null|NULL|<<|=|",
      String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}`,
      String.raw`[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?` +
        String.raw`(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?`,
    ].join("|") +
    ")$",
  "u",
);
const NEVER_FIRST = /^(?:[\s,[\]{}#&*!|>'"%@\x60]|[-?:](?:\s|$)|---|\.\.\.|<<$|<{7}|>{7}|={7}|\|{7})/;
const NEVER_INSIDE = /:(?=\s|$)|\s#|\t/;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" };
const STEP = "  ";

/** A number or a day: written as it is. */
export class Plain {
  constructor(text) {
    this.text = text;
  }
}

/** Return the text of a new file: `fields` in canonical `order`, others after them; what is empty is left out. */
export function compose(fields, body, order) {
  const names = [...order.filter((name) => name in fields), ...Object.keys(fields).filter((name) => !order.includes(name))];
  const lines = names.filter((name) => !isEmpty(fields[name])).flatMap((name) => entry(name, fields[name], ""));
  return ["---", ...lines, "---", body].join("\n");
}

/** Return a scalar as YAML. */
export function scalar(value) {
  if (value === null) return "";
  if (value instanceof Plain) return value.text;
  if (isPlain(value) && !RETYPED.test(value)) return value;
  if (SPECIAL.test(value) || (value.includes("'") && !/["\\]/.test(value))) return double(value);
  return `'${value.replaceAll("'", "''")}'`;
}

const isScalar = (value) => value === null || typeof value === "string" || value instanceof Plain;
const isEmpty = (value) => value === null || value === undefined || (!isScalar(value) && !Object.keys(value).length);

function isPlain(text) {
  if (!text || text !== text.trim() || SPECIAL.test(text)) return false;
  return !NEVER_FIRST.test(text) && !NEVER_INSIDE.test(text);
}

function double(text) {
  const escaped = (character) => {
    if (character in ESCAPES) return ESCAPES[character];
    if (!SPECIAL.test(character)) return character;
    const number = character.codePointAt(0).toString(16);
    return number.length > 2 ? `\\u${number.padStart(4, "0")}` : `\\x${number.padStart(2, "0")}`;
  };
  return `"${Array.from(text, escaped).join("")}"`;
}

function entry(key, value, indent) {
  const name = indent + scalar(key);
  if (!isScalar(value)) return [`${name}:`, ...inner(value, indent + STEP)];
  if (typeof value === "string" && fitsLiteral(value)) {
    const [mark, text] = value.endsWith("\n") ? ["|", value.slice(0, -1)] : ["|-", value];
    return [`${name}: ${mark}`, ...text.split("\n").map((line) => (line ? indent + STEP + line : ""))];
  }
  return [withoutEnd(`${name}: ${scalar(value)}`)];
}

function inner(value, indent) {
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, part]) => entry(key, part, indent));
  return value.flatMap((item) => {
    if (isScalar(item)) return [withoutEnd(`${indent}- ${scalar(item)}`)];
    const [first, ...rest] = inner(item, indent + STEP);
    return [`${indent}- ${first.slice(indent.length + STEP.length)}`, ...rest];
  });
}

/** Whether a text of several lines can stand as it is, below its key. */
function fitsLiteral(text) {
  const lines = text.replace(/\n$/, "").split("\n");
  if (lines.length < 2 || SPECIAL.test(text.replaceAll("\n", ""))) return false;
  return lines[0] !== "" && lines.at(-1) !== "" && lines.every((line) => line.trim() === line);
}

const withoutEnd = (line) => line.replace(/\s+$/, "");
