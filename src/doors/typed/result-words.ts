// Says the result of an action in lines that a person reads: fields by their names in words, one line for each thing, no ids. Pure.

/** Fields that only programs need. What they name stands beside them in words. */
const FOR_PROGRAMS =
  /^(?:id|seq|outside|conversation|message|item|turn|next|after|base64|hash|notWoken|wakesWith)$|_id$|Id$/;

/** Ids as `idOf` and `randomId` make them, and those of participants. */
const ID = /^(?:[a-z]{1,8}_[a-z0-9]{20,25}|(?:person|agent):\S+)$/;

/** The field that names a thing, and the fields that follow it without a name of their own. */
const NAMES = ['title', 'name', 'text', 'words'];

/** A sentence of the history says these itself. */
const IN_SENTENCE: ReadonlySet<string> = new Set(['who', 'did', 'via', 'for']);

type Fields = readonly (readonly [string, unknown])[];

/** Returns the lines, and “Nothing.” if nothing is left to say. */
export function resultWords(result: unknown): string {
  return linesOf(result, 0).join('\n') || 'Nothing.';
}

function linesOf(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) return value.flatMap((one) => thingLines(one, depth));
  if (!isObject(value)) return said(value) ? [`${indent}${asText(value, indent)}`] : [];
  return fieldsOf(value).flatMap(([name, of]): string[] => {
    if (Array.isArray(of) && of.some(isObject)) {
      const lines = linesOf(of, depth);
      return depth ? [`${indent}${nameOf(name)}:`, ...linesOf(of, depth + 1)] : lines;
    }
    if (isObject(of)) {
      const inline = thingLines(of, depth + 1);
      return [`${indent}${nameOf(name)}:`, ...inline];
    }
    return [`${indent}${nameOf(name)}: ${asText(of, indent)}`];
  });
}

/** A thing is one line with what is short of it; what has parts of its own stands below. */
function thingLines(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (!isObject(value)) return said(value) ? [`${indent}- ${asText(value, indent)}`] : [];
  const fields = fieldsOf(value);
  const title = NAMES.map((name) => fields.find(([key]) => key === name)).find(Boolean);
  const short = fields.filter(([key, of]) => key !== title?.[0] && key !== 'number' && !isObject(of) && !hasThings(of));
  const long = fields.filter(([, of]) => isObject(of) || hasThings(of));
  const number = fields.find(([key]) => key === 'number')?.[1];
  const head = [
    number === undefined ? '' : typeof number === 'number' ? `#${number}` : String(number),
    title ? asText(title[1], indent) : '',
  ]
    .filter(Boolean)
    .join(' ');
  const rest = short.map(([key, of]) => `${nameOf(key)}: ${asText(of, indent)}`);
  const line = [head, ...rest].filter(Boolean).join(' · ');
  const below = long.flatMap(([key, of]) => [`${indent}  ${nameOf(key)}:`, ...linesOf(of, depth + 2)]);
  return line ? [`${indent}- ${line}`, ...below] : below;
}

function fieldsOf(value: object): Fields {
  const all = Object.entries(value);
  // A name beside an id says the same: “assignee” and “assigneeName”.
  const named = new Set(all.map(([name]) => name).filter((name) => name.endsWith('Name')));
  const isSentence = 'text' in value && 'did' in value;
  return all.filter(
    ([name, of]) =>
      said(of) &&
      !(isSentence && IN_SENTENCE.has(name)) &&
      !FOR_PROGRAMS.test(name) &&
      !named.has(`${name}Name`) &&
      !(typeof of === 'string' && ID.test(of)),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasThings = (value: unknown): boolean => Array.isArray(value) && value.some(isObject);

function said(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !Array.isArray(value) || value.some((one) => !(typeof one === 'string' && ID.test(one)));
}

function nameOf(field: string): string {
  return field
    .replace(/Name$/, '')
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A longer text keeps its lines, further in. */
function asText(value: unknown, indent: string): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value
      .filter((one) => said(one) && !ID.test(String(one)))
      .map(String)
      .join(', ');
  return String(value).replaceAll('\n', `\n${indent}  `);
}
