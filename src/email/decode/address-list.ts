// Parses the addresses in a header (RFC 5322 section 3.4). Parses the usual forms here, and all others with mailparser.
import { cleanWords } from './encoded-words.ts';

export interface Address {
  /** The address. Empty for a name without an address. */
  address: string;
  name: string;
}

/** Returns the addresses. `value` is unfolded and still encoded. For a group, returns its members. */
export async function addressList(value: string): Promise<Address[]> {
  return usualList(value) ?? unusualList(value);
}

const local = "[A-Za-z0-9!#$%&*+/^_`{|}~-][A-Za-z0-9!#$%&'*+/^_`{|}~.-]*";
const mailbox = `${local}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`;
const names = "(?:[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’._/+&-]*)(?: [\\p{L}\\p{M}\\p{N}'’._/+&-]+)*";
const usual = new RegExp(`^(?:(${mailbox})|<(${mailbox})>|("?)(${names})\\3 <(${mailbox})>)$`, 'u');

/**
 * Parses names, bare or quoted, with addresses, as most programs write them. Undefined if the value can be interpreted
 * in another way.
 */
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

/** Parses the list with mailparser. First repairs encoded words that mailparser would misinterpret. */
async function unusualList(value: string): Promise<Address[]> {
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(Buffer.from(`to: ${cleanWords(value)}\r\n\r\n`, 'utf8'), options);
  const lists = parsed.to === undefined ? [] : [parsed.to].flat();
  return lists
    .flatMap((list) => list.value)
    .flatMap((one) => one.group ?? [one])
    .map(({ address = '', name }) => ({ address, name }));
}
