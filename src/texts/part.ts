// Parses and fills one part of a text. Fills all fields in one pass, so that values are never read as templates. Pure.

/** Matches a field: a name in double braces. */
const FIELD = /\{\{ ?([a-zA-Z]{1,40}) ?\}\}/g;

/** Returns the names of the part's fields, each once. */
export function fieldsIn(body: string): string[] {
  return [...new Set([...body.matchAll(FIELD)].map(([, name = '']) => name))];
}

/** Returns braces that form no field, such as `{{title}` or `{{the title}}`, with the text around them. */
export function looseBraces(body: string): string[] {
  const rest = body.replace(FIELD, '');
  return [...rest.matchAll(/\{\{[^{}\n]{0,30}\}{0,2}|[^{}\s]{0,30}\}\}/g)].map(([found]) => found);
}

/** Returns the fixed texts between the fields. */
export function wordsIn(body: string): string[] {
  return body
    .replace(FIELD, '\n')
    .split('\n')
    .map((words) => words.replace(/^[\s>*_-]+|[\s*_]+$/g, ''))
    .filter((words) => /\p{L}/u.test(words));
}

/**
 * Fills the fields. If a field is alone on a line, its value keeps its lines, each with the prefix of that line (`> `),
 * and an empty value removes the line. Elsewhere the value is joined to one line. A link with an empty URL becomes its
 * label.
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

/** Matches a link whose URL is a field: `[words]({{url}})`. */
const LINK = /\[([^[\]]*)\]\(\{\{ ?([a-zA-Z]{1,40}) ?\}\}\)/g;

function filled(whole: string, fields: Readonly<Record<string, string | number>>): string[] {
  const given = (name: string) => String(fields[name] ?? '');
  const line = whole.replace(LINK, (link, words: string, url: string) => (given(url) ? link : words));
  const [, before = '', alone] = ALONE.exec(line) ?? [];
  if (alone === undefined) return [line.replace(FIELD, (_, name: string) => onOneLine(given(name)))];
  const value = given(alone).trim();
  return value === '' ? [] : value.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/).map((each) => before + each);
}

/**
 * Joins the lines of a value. Does not use a replacement of `\s*…\s*`, which takes minutes for a long line of spaces.
 */
function onOneLine(value: string): string {
  const lines = value.split(BREAK).map((line) => line.trim());
  return lines.filter(Boolean).join(' ');
}
