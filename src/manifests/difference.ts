// A short diff between a stored definition (`-`) and its file (`+`). Pure, of limited length.

export interface Side {
  words: Readonly<Record<string, unknown>>;
  lists: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, unknown>>;
}

const MOST_LINES = 12;
const LONGEST_LINE = 160;

export function difference(stands: Side, says: Side): string[] {
  const all = [
    ...namesOf(stands.words, says.words).flatMap((name) => ofWords(name, stands.words[name], says.words[name])),
    ...namesOf(stands.lists, says.lists).flatMap((name) => ofLists(name, stands.lists[name], says.lists[name])),
    ...namesOf(stands.texts, says.texts).flatMap((name) => ofTexts(name, stands.texts[name], says.texts[name])),
  ].map(short);
  if (all.length <= MOST_LINES) return all;
  return [...all.slice(0, MOST_LINES - 1), `… and ${all.length - MOST_LINES + 1} more lines`];
}

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function ofWords(name: string, stands: unknown, says: unknown): string[] {
  const [a, b] = [stands, says].map((value) => (value === undefined ? undefined : canonical(value)));
  if (a === b) return [];
  return [...(a === undefined ? [] : [`- ${name}: ${a}`]), ...(b === undefined ? [] : [`+ ${name}: ${b}`])];
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function ofLists(name: string, stands: unknown, says: unknown): string[] {
  const [a, b] = [stands, says].map((list) => new Set(Array.isArray(list) ? list.map(String) : []));
  const gone = [...(a ?? [])].filter((one) => !b?.has(one));
  const come = [...(b ?? [])].filter((one) => !a?.has(one));
  return [...gone.map((one) => `- ${name}: ${one}`), ...come.map((one) => `+ ${name}: ${one}`)];
}

/** Returns the lines that differ, without the common beginning and the common end. */
function ofTexts(name: string, stands: unknown, says: unknown): string[] {
  const [a = [], b = []] = [stands, says].map((text) => (typeof text === 'string' ? text.trim().split('\n') : []));
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < a.length - from && end < b.length - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  const line = (sign: string) => (text: string) => `${sign} ${name}: ${text}`;
  return [...a.slice(from, a.length - end).map(line('-')), ...b.slice(from, b.length - end).map(line('+'))];
}

function short(line: string): string {
  const one = line.replace(/\s+/g, ' ').trim();
  return one.length <= LONGEST_LINE ? one : `${one.slice(0, LONGEST_LINE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
