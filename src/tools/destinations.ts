// Finds the addresses in a call's input, and checks whether people typed them themselves. Pure, in linear time.

/** The words that members typed: `addresses` in them, and `words`: all words on one line, without punctuation. */
export interface Given {
  addresses: ReadonlySet<string>;
  words: string;
}

const WEB = /^(?:https?|wss?|ftp|file|data|mailto|tel|sip):/i;
const MAIL = /^[^\s@]+@[^\s@]+$/;
/** Matches host names such as `example.com` or `10.0.0.1:80/x`. The name of a file may match too. */
const HOST = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+\.?(?::\d+)?(?:[/?#].*)?$/u;
/** The characters that may stand around an address without being part of it. */
const AROUND = new Set('"\'<>()[]{}|,;!?*_`“”‘’«».:');

/** In characters. A longer address is compared as it is, without normalisation. */
const LONGEST = 8000;

/** Returns the normalised address; undefined if the word is no address. */
export function addressOf(word: string, { hosts = true } = {}): string | undefined {
  const plain = word.normalize('NFKC').replace(/[。．｡]/g, '.');
  if (plain.length > LONGEST) return plain;
  const mail = plain.replace(/^mailto:/i, '');
  if (MAIL.test(mail) && !mail.includes('/')) return mail.toLowerCase();
  if (WEB.test(plain) || plain.includes('://')) return webAddress(plain);
  if (plain.startsWith('//') || plain.startsWith('\\\\')) return webAddress(`https:${plain}`);
  return hosts && HOST.test(plain) && /\p{L}|\d\.\d+\.\d/u.test(plain) ? webAddress(`https://${plain}`) : undefined;
}

function webAddress(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hash = '';
  return url.href.replace(/\/$/, '');
}

/**
 * Collects the words and addresses of the given texts. Each address is added with and without the punctuation around
 * it, as in a link.
 */
export function givenIn(texts: readonly string[]): Given {
  const addresses = new Set<string>();
  for (const text of texts)
    for (const part of [...text.split(/\s+|\]\(|[<>|]/), ...text.split(/[\s<>()[\]{}|"'`“”‘’«»]+/)])
      for (const word of new Set([part, bare(part), part.replace(/\)$/, '')])) {
        const address = addressOf(word);
        if (address === undefined) continue;
        addresses.add(address);
        // The https form of a given http address counts as given too.
        addresses.add(address.replace(/^http:/, 'https:'));
      }
  return { addresses, words: ` ${texts.map(wordsOf).join(' \n ')} ` };
}

/** Returns the addresses in all fields of an input. `hosts`: host names without https:// count as addresses too. */
export function addressesIn(input: unknown, options?: { hosts?: boolean }): string[] {
  const found = stringsIn(input).flatMap((text) =>
    text
      .split(/\s+/)
      .flatMap((part) => addressOf(part, options) ?? addressOf(bare(part), options) ?? listedIn(part, options)),
  );
  return [...new Set(found)];
}

/** Returns the addresses in a list: `ada@x.example,ben@x.example` has two. */
function listedIn(part: string, options?: { hosts?: boolean }): string[] {
  const all = part.split(/[,;]/);
  return all.length < 2 ? [] : all.flatMap((one) => addressOf(bare(one), options) ?? []);
}

/**
 * Returns the values of an input that no member typed. `vocabulary`: values that reveal nothing, such as the name of an
 * action.
 */
export function ownMaking(input: unknown, given: Given, vocabulary: ReadonlySet<string> = new Set()): string[] {
  return stringsIn(input).filter((text) => {
    if (vocabulary.has(text)) return false;
    const words = wordsOf(text);
    return words ? !given.words.includes(` ${words} `) : text.trim().length > MOST_SIGNS;
  });
}

/** In characters. A shorter value without letters and digits is too short to leak anything. */
const MOST_SIGNS = 8;
/** A number below this is a setting, such as a limit, and cannot leak anything. */
const LEAST_NUMBER = 10_000;

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number')
    return Math.abs(value) < LEAST_NUMBER && Number.isInteger(value) ? [] : [String(value)];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  // Keys are returned too, unless they look like the field names of a schema.
  return Object.entries(value).flatMap(([key, each]) => [
    ...(/^[\w-]{1,40}$/.test(key) ? [] : [key]),
    ...stringsIn(each),
  ]);
}

function bare(part: string): string {
  let [start, end] = [0, part.length];
  while (start < end && AROUND.has(part.charAt(start))) start += 1;
  while (end > start && AROUND.has(part.charAt(end - 1))) end -= 1;
  return part.slice(start, end);
}

function wordsOf(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  ).join(' ');
}
