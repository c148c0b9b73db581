// The addresses in a text or in a call's input, and whether people have written them themselves. Pure, and linear.

/** Given words: the addresses in them, and all of them as one line of bare words. */
export interface Given {
  addresses: ReadonlySet<string>;
  words: string;
}

const WEB = /^(?:https?|wss?|ftp|file|data|mailto|tel|sip):/i;
const MAIL = /^[^\s@]+@[^\s@]+$/;
/** `example.com`, `10.0.0.1:80/x`: a dot between letters or digits. A name of a file may look so too. */
const HOST = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+\.?(?::\d+)?(?:[/?#].*)?$/u;
/** Marks that stand around an address in a sentence. */
const AROUND = new Set('"\'<>()[]{}|,;!?*_`“”‘’«».:');

/** A longer one is compared as it stands. */
const LONGEST = 8000;

/** The address that a word without spaces is, in the one form that equal addresses share; undefined for another word. */
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

/** Of what people have written: with the marks that stand around an address, as in a link, and without. */
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

/** The addresses that an input names, by whatever field. `hosts`: also those without https://. */
export function addressesIn(input: unknown, options?: { hosts?: boolean }): string[] {
  const found = stringsIn(input).flatMap((text) =>
    text
      .split(/\s+/)
      .flatMap((part) => addressOf(part, options) ?? addressOf(bare(part), options) ?? listedIn(part, options)),
  );
  return [...new Set(found)];
}

/** `ada@x.example,ben@x.example`: each of them is somewhere that it goes. */
function listedIn(part: string, options?: { hosts?: boolean }): string[] {
  const all = part.split(/[,;]/);
  return all.length < 2 ? [] : all.flatMap((one) => addressOf(bare(one), options) ?? []);
}

/** What an input says that is in nobody's given words. `vocabulary`: values that say nothing, such as the name of an action. */
export function ownMaking(input: unknown, given: Given, vocabulary: ReadonlySet<string> = new Set()): string[] {
  return stringsIn(input).filter((text) => {
    if (vocabulary.has(text)) return false;
    const words = wordsOf(text);
    return words ? !given.words.includes(` ${words} `) : text.trim().length > MOST_SIGNS;
  });
}

/** So few signs without a letter or a digit among them carry nothing away. */
const MOST_SIGNS = 8;
/** A number below is a setting: how many, how long. */
const LEAST_NUMBER = 10_000;

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number')
    return Math.abs(value) < LEAST_NUMBER && Number.isInteger(value) ? [] : [String(value)];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  // A field's name is the server's as long as it looks like one.
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
