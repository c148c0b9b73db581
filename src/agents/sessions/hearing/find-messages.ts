// Finds the messages of a conversation that a session has not taken in yet.
import type { Reader } from '../../../log/action.ts';
import { MESSAGES, type MessageDoc } from '../../../pods/conversations/message.ts';
import type { SessionDoc } from '../session.ts';

/** An epoch opens with this many of the newest messages. The agent can read older ones with a tool. */
const OPENING_MESSAGES = 40;
/** An epoch opens with this many of the newest imported messages: those written before the pod or Skein was there. */
const OPENING_RECALLED = 200;
/** More than the messages of any one commit. */
const MOST_AT_ONCE = 200;

/**
 * Returns the newest messages of a conversation, imported ones included. Imported ones are read first: read last, their
 * newer commit would hide messages that were posted between the two reads.
 */
export async function newestMessages(read: Reader, { conversation }: SessionDoc): Promise<MessageDoc[]> {
  const newest = [['posted', 'desc']] as const;
  const before = { conversation, posted: { lt: 0 } };
  const recalled = await read.find(MESSAGES, { where: before, sort: newest, limit: OPENING_RECALLED });
  const where = { conversation, seq: { gt: 0 } };
  if (!recalled.length)
    return (await read.find(MESSAGES, { where, sort: [['seq', 'desc']], limit: OPENING_MESSAGES })).filter(isSaid);
  const since = { conversation, posted: { gt: 0 } };
  const said = await read.find(MESSAGES, { where: since, sort: newest, limit: OPENING_MESSAGES });
  return [...recalled, ...said.filter(isSaid)];
}

/**
 * Returns the messages after `position`, oldest first. Never splits the messages of one commit; messages that do not
 * fit come with the next call.
 */
export async function messagesSince(
  read: Reader,
  { conversation }: SessionDoc,
  position: number,
): Promise<MessageDoc[]> {
  const where = { conversation, seq: { gt: position } };
  const found = await read.find(MESSAGES, { where, sort: [['seq', 'asc']], limit: MOST_AT_ONCE + 1 });
  const page = found.slice(0, MOST_AT_ONCE);
  const next = found[MOST_AT_ONCE]?.seq;
  const whole = page.filter(({ seq }) => seq !== next);
  return (whole.length ? whole : page).filter(isSaid);
}

/** The card of a run says nothing to an agent: it shows people what the agent does. */
function isSaid({ card }: MessageDoc): boolean {
  return !card;
}
