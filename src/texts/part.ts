// One piece of a text with its fields: read from Markdown, filled in one pass, so that what is put in is never a template itself. Pure.

/** What stands between double braces. */
const FIELD = /\{\{ ?([a-zA-Z]{1,40}) ?\}\}/g;

/** The fields that a piece names, each once. */
export function fieldsIn(body: string): string[] {
  return [...new Set([...body.matchAll(FIELD)].map(([, name = '']) => name))];
}

/** Braces that make no field: `{{title}`, `{{the title}}`. Each with what stands around it. */
export function looseBraces(body: string): string[] {
  const rest = body.replace(FIELD, '');
  return [...rest.matchAll(/\{\{[^{}\n]{0,30}\}{0,2}|[^{}\s]{0,30}\}\}/g)].map(([found]) => found);
}

/** The words between the fields. */
export function wordsIn(body: string): string[] {
  return body
    .replace(FIELD, '\n')
    .split('\n')
    .map((words) => words.replace(/^[\s>*_-]+|[\s*_]+$/g, ''))
    .filter((words) => /\p{L}/u.test(words));
}

/**
 * A value keeps its lines where its field stands alone on a line, each behind what stands before the field (`> `), and
 * that line goes where the value is empty. Anywhere else a value is one line, whatever it holds. A link to nothing is its words.
 */
export function fill(body: string, fields: Readonly<Record<string, string | number>>): string {
  const lines = body.split('\n').flatMap((line) => filled(line, fields));
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const ALONE = /^((?:> ?)*)\{\{ ?([a-zA-Z]{1,40}) ?\}\}$/;
const BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;

/** `[words]({{url}})` */
const LINK = /\[([^[\]]*)\]\(\{\{ ?([a-zA-Z]{1,40}) ?\}\}\)/g;

function filled(whole: string, fields: Readonly<Record<string, string | number>>): string[] {
  const given = (name: string) => String(fields[name] ?? '');
  const line = whole.replace(LINK, (link, words: string, url: string) => (given(url) ? link : words));
  const [, before = '', alone] = ALONE.exec(line) ?? [];
  if (alone === undefined) return [line.replace(FIELD, (_, name: string) => onOneLine(given(name)))];
  const value = given(alone).trim();
  return value === '' ? [] : value.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/).map((each) => before + each);
}

/** Split, not replaced by `\s*…\s*`, which takes minutes for the spaces of a long line. */
function onOneLine(value: string): string {
  const lines = value.split(BREAK).map((line) => line.trim());
  return lines.filter(Boolean).join(' ');
}
