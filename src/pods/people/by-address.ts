// Finds a person by the mail address that somebody writes for them: “maja@example.com”, “Maja Holm <maja@example.com>”.
import type { Reader } from '../../log/action.ts';
import { PEOPLE, type PersonDoc } from './person.ts';

/** Slack turns a typed address into a link to it. */
const LINKED = /^\[[^\]]*\]\(mailto:([^\s()]+)\)$/iu;
/** The visible part of a link. */
const LABEL = /^\[([^\]]*)\]\(|\|([^|>]*)>$/u;
const WRITTEN =
  /^(?:([\p{L}\p{N}][\p{L}\p{N} .'’-]{0,79}?)\s+)?<?(?:mailto:)?([^\s<>@,;|]{1,64}@[^\s<>@,;|]{1,190}\.[^\s<>@,;|]{1,63})(?:\|[^>]*)?>?$/iu;

export interface Addressed {
  /** In lower case. */
  address: string;
  name?: string;
}

/** Undefined for a handle, a name or an id, and for a link that shows another address than the one it leads to. */
export function addressIn(text: string): Addressed | undefined {
  const words = text.trim();
  const [, name, address] = WRITTEN.exec(words.replace(LINKED, '$1')) ?? [];
  const [, linked, piped] = LABEL.exec(words) ?? [];
  const shown = (linked ?? piped)?.trim().toLowerCase();
  if (shown?.includes('@') && shown !== address?.toLowerCase()) return undefined;
  return address ? { address: address.toLowerCase(), ...(name ? { name } : {}) } : undefined;
}

export async function personByAddress(read: Pick<Reader, 'find'>, address: string): Promise<PersonDoc | undefined> {
  const people = await read.find(PEOPLE, { where: { accounts: `mail:${address}` }, limit: 2 });
  return people.find(({ state }) => state === 'in');
}
