// Saves Slack's payloads in the inbox before they are acknowledged, each once.

import type { Item } from '../lanes/item.ts';
import type { NewItem, Queue } from '../lanes/queue.ts';
import { type Logger, logFailure } from '../logger.ts';
import { aliasesOf, type Inbound, keyOf, laneOf, type MessageDeleted, type Self } from '../slack/parse/inbound.ts';
import { parse } from '../slack/parse/parse.ts';
import { OWN } from '../slack/parse/parse-message.ts';
import type { LeftOut } from './left-out.ts';

export const SLACK = 'slack';
/** An item that an agent's own app carried. Its payload holds the agent beside the body. */
export const SLACK_OF_AGENT = 'slack-agent';

/**
 * Resolves when every body is stored. Repeated and irrelevant events are skipped. `leftOut`: lists the irrelevant ones, with
 * their reasons.
 */
export async function saveSlack(
  queue: Queue,
  self: Self,
  bodies: readonly unknown[],
  logger: Logger,
  leftOut?: Pick<LeftOut, 'note'>,
): Promise<void> {
  const read = bodies.map((body) => ({ body, inbound: parse(body, self) }));
  const kept = read.filter(({ inbound }) => inbound.kind !== 'ignored' && inbound.kind !== 'unsupported');
  for (const { inbound } of read) noteLeftOut(inbound, logger, leftOut);
  if (!kept.length) return;
  const items = kept.flatMap(({ body, inbound }) => [itemOf(body, inbound, self.carrier), ...aliasItems(inbound)]);
  await queue.save(items);
  // This is not awaited, because Slack waits for the acknowledgement. If it fails, the worker's regular check finds the
  // items.
  queue
    .ready(kept.map(({ inbound }) => ({ lane: inboxLane(inbound) })))
    .catch((error: unknown) => logFailure(logger, 'warn', 'saved, but not made ready', error, { items: kept.length }));
}

/** Names the events that are skipped, except for our own posts, which Slack always sends back. */
function noteLeftOut(inbound: Inbound, logger: Logger, leftOut: Pick<LeftOut, 'note'> | undefined): void {
  if (inbound.kind !== 'unsupported' && inbound.kind !== 'ignored') return;
  const reason = inbound.kind === 'unsupported' ? `no use for ${inbound.type}` : inbound.reason;
  if (reason === OWN) return;
  logger.info('slack: left out', { reason, id: inbound.id });
  leftOut?.note(reason, inbound.id);
}

function itemOf(body: unknown, inbound: Inbound, carrier: string | undefined): NewItem {
  const stored = carrier ? { kind: SLACK_OF_AGENT, payload: { carrier, body } } : { kind: SLACK, payload: body };
  return { id: keyOf(inbound), lane: inboxLane(inbound), ...stored };
}

/** Returns what Slack sent, and the agent whose own app carried it. */
export function carriedIn({ kind, payload }: Pick<Item, 'kind' | 'payload'>): { body: unknown; carrier?: string } {
  const stored: unknown = JSON.parse(payload);
  return kind === SLACK_OF_AGENT ? (stored as { body: unknown; carrier: string }) : { body: stored };
}

/**
 * Returns the lane. Commands, buttons and forms have separate lanes: people wait for the answer, and a message that is retried
 * must not delay it.
 */
function inboxLane(inbound: Inbound): string {
  const asks = inbound.kind === 'command' || inbound.kind === 'button' || inbound.kind === 'form';
  return asks ? `${laneOf(inbound)}:asks` : laneOf(inbound);
}

/**
 * Returns the alias items of an event. One action may come as two events with different ts, and the alias item shows
 * which event came first.
 */
function aliasItems(inbound: Inbound): NewItem[] {
  return aliasesOf(inbound).map((id) => marker(id, keyOf(inbound)));
}

/** True if another item is about the same action of the person. */
export async function isTwin(queue: Queue, inbound: Inbound): Promise<boolean> {
  for (const alias of aliasesOf(inbound)) {
    const first = await queue.items.get(alias);
    if (first && first.lane !== keyOf(inbound)) return true;
  }
  return false;
}

/** Records that a message was deleted, in case its event arrives later. */
export async function markGone(queue: Queue, { team, channel, ts }: MessageDeleted): Promise<void> {
  await queue.save([marker(goneId({ team, channel, ts }), '')]);
}

export async function isGone(queue: Queue, message: { team: string; channel: string; ts: string }): Promise<boolean> {
  return (await queue.items.get(goneId(message))) !== undefined;
}

/** Empties items that were set aside for a deleted message and its edits. They stay listed with their reason. */
export async function emptyAside(
  { queue, identity }: { queue: Queue; identity: Self },
  gone: MessageDeleted,
): Promise<void> {
  const { items } = queue;
  const aside = await items.find({ where: { lane: laneOf(gone), state: 'aside' }, sort: [['n', 'asc']] });
  for (const { id } of aside.filter((item) => isOf(item, gone, identity)))
    for (;;) {
      const item = await items.get(id);
      if (item?.state !== 'aside' || (await items.replace({ ...item, payload: '' }, item.rev))) break;
    }
}

function isOf(item: Item, { channel, ts }: MessageDeleted, self: Self): boolean {
  if ((item.kind !== SLACK && item.kind !== SLACK_OF_AGENT) || !item.payload) return false;
  const { body, carrier } = carriedIn(item);
  const inbound = parse(body, { ...self, ...(carrier ? { carrier } : {}) });
  return 'ts' in inbound && inbound.channel === channel && inbound.ts === ts;
}

function goneId({ team, channel, ts }: { team: string; channel: string; ts: string }): string {
  return `slack:gone:${team}:${channel}:${ts}`;
}

/**
 * Returns a done item that only reserves its id. A done item keeps its id and lane; this one's lane contains the id of
 * another item.
 */
function marker(id: string, of: string): NewItem {
  return { id, lane: of, kind: 'marker', payload: '', done: true };
}
