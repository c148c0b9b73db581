// The addresses in a header line (RFC 5322 section 3.4): the usual forms are read here, everything else by mailparser.
import { simpleParser } from 'mailparser';
import { cleanWords } from './encoded-words.ts';

export interface Address {
  /** Empty where a name stands without one. */
  address: string;
  name: string;
}

/** Unfolded, as it stands in the mail. A group counts as the people in it. */
export async function addressList(value: string): Promise<Address[]> {
  return usualList(value) ?? unusualList(value);
}

const local = "[A-Za-z0-9!#$%&*+/^_`{|}~-][A-Za-z0-9!#$%&'*+/^_`{|}~.-]*";
const mailbox = `${local}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`;
const names = "(?:[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’._/+&-]*)(?: [\\p{L}\\p{M}\\p{N}'’._/+&-]+)*";
const usual = new RegExp(`^(?:(${mailbox})|<(${mailbox})>|("?)(${names})\\3 <(${mailbox})>)$`, 'u');

/** One name, bare or in quotes, and one address, as most programs write them; undefined for what may be read in another way. */
function usualList(value: string): Address[] | undefined {
  const all: Address[] = [];
  for (const one of value.trim().split(/, ?/)) {
    const found = usual.exec(one);
    if (!found || /xn--/i.test(one)) return undefined;
    const [, alone, bracketed, , name = '', address = alone ?? bracketed ?? ''] = found;
    all.push({ address, name });
  }
  return all;
}

const options = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, keepCidLinks: true };

/** Encoded words that mailparser would misread are put right before. */
async function unusualList(value: string): Promise<Address[]> {
  const parsed = await simpleParser(Buffer.from(`to: ${cleanWords(value)}\r\n\r\n`, 'utf8'), options);
  const lists = parsed.to === undefined ? [] : [parsed.to].flat();
  return lists
    .flatMap((list) => list.value)
    .flatMap((one) => one.group ?? [one])
    .map(({ address = '', name }) => ({ address, name }));
}
