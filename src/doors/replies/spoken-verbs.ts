// Puts a command about a task, as people write it where nothing but a command can stand, into the words of a reply. Pure.

const VERBS: readonly [RegExp, string][] = [
  [/^(?:complete|completed|finish|finished|close|closed)$/i, 'done'],
  [/^(?:begin|began|begun|started)$/i, 'start'],
  [/^give$/i, 'assign'],
  [/^cancel$/i, 'drop'],
  [/^review$/i, 'ask for review'],
];

/** Matches the number, with or without its sign, before or behind the first words. */
const FIRST = /^#?(\d{1,9})[:,]?\s+(\S.*)$/s;
const BEHIND = /^([a-z]+(?: (?:back|me))?)\s+#(\d{1,9})[:,]?(?:\s+(.*))?$/is;
/** These need words, which people write without the colon too. */
const NEEDS_WORDS = /^(drop|send(?: it)? back|not me)\s+(?!with(?:out)? (?:its|the) parts)(?=[^\s:])/i;

/** Returns the line in the other words: “#4 done” for “close #4”, “#4 drop: why” for “4 drop why”. Undefined without a number. */
export function spokenVerb(text: string): string | undefined {
  const said = text.trim();
  const [, first, words = ''] = FIRST.exec(said) ?? [];
  const [, verb = '', second, rest = ''] = first ? [] : (BEHIND.exec(said) ?? []);
  const number = first ?? second;
  return number ? `#${number} ${inOurWords((first ? words : `${verb} ${rest}`).trim())}` : undefined;
}

function inOurWords(said: string): string {
  const [word = ''] = said.split(/[\s:]/);
  if (/^(?:take|mine)$/i.test(said)) return 'assign to me';
  const own = VERBS.find(([known]) => known.test(word))?.[1];
  const line = own ? `${own}${said.slice(word.length)}` : said.replace(/^to (?=\S)/i, 'assign to ');
  return line.replace(NEEDS_WORDS, '$1: ');
}
