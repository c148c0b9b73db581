// Slack's payloads into the inbox: kept before they are acknowledged, each once.

import type { Item } from '../lanes/item.ts';
import type { NewItem, Queue } from '../lanes/queue.ts';
import { type Logger, logFailure } from '../logger.ts';
import { aliasesOf, type Inbound, keyOf, laneOf, type MessageDeleted, type Self } from '../slack/parse/inbound.ts';
import { parse } from '../slack/parse/parse.ts';
import { OWN } from '../slack/parse/parse-message.ts';

export const SLACK = 'slack';

/** Resolves when every body is on disk; repetitions and what concerns nobody are left out. */
export async function saveSlack(queue: Queue, self: Self, bodies: readonly unknown[], logger: Logger): Promise<void> {
  const read = bodies.map((body) => ({ body, inbound: parse(body, self) }));
  const kept = read.filter(({ inbound }) => inbound.kind !== 'ignored' && inbound.kind !== 'unsupported');
  for (const { inbound } of read) logLeftOut(inbound, logger);
  if (!kept.length) return;
  const items = kept.flatMap(({ body, inbound }) => [itemOf(body, inbound), ...aliasItems(inbound)]);
  await queue.save(items);
  // Not awaited: Slack waits for the ack. What is saved and not made ready is found by the worker's rescue.
  queue
    .ready(kept.map(({ inbound }) => ({ lane: inboxLane(inbound) })))
    .catch((error: unknown) => logFailure(logger, 'warn', 'saved, but not made ready', error, { items: kept.length }));
}

/** Our own posts come back with each post: of those nobody needs to know. */
function logLeftOut(inbound: Inbound, logger: Logger): void {
  if (inbound.kind === 'unsupported')
    logger.info('slack: left out', { reason: `no use for ${inbound.type}`, id: inbound.id });
  if (inbound.kind === 'ignored' && inbound.reason !== OWN)
    logger.info('slack: left out', { reason: inbound.reason, id: inbound.id });
}

function itemOf(body: unknown, inbound: Inbound): NewItem {
  return { id: keyOf(inbound), lane: inboxLane(inbound), kind: SLACK, payload: body };
}

/** Whoever asks something waits for the answer: not behind a message of the channel that has to be tried again. */
function inboxLane(inbound: Inbound): string {
  return inbound.kind === 'command' || inbound.kind === 'button' ? `${laneOf(inbound)}:asks` : laneOf(inbound);
}

/** One gesture may come with two ts: the alias says which of them came first. */
function aliasItems(inbound: Inbound): NewItem[] {
  return aliasesOf(inbound).map((id) => marker(id, keyOf(inbound)));
}

/** True when another item stands for the same gesture. */
export async function isTwin(queue: Queue, inbound: Inbound): Promise<boolean> {
  for (const alias of aliasesOf(inbound)) {
    const first = await queue.items.get(alias);
    if (first && first.lane !== keyOf(inbound)) return true;
  }
  return false;
}

/** Remembers that a message is gone, for when it comes after its own deletion. */
export async function markGone(queue: Queue, { team, channel, ts }: MessageDeleted): Promise<void> {
  await queue.save([marker(goneId({ team, channel, ts }), '')]);
}

export async function isGone(queue: Queue, message: { team: string; channel: string; ts: string }): Promise<boolean> {
  return (await queue.items.get(goneId(message))) !== undefined;
}

/** What lies aside of a deleted message, itself and its edits, stays listed with its reason, and says nothing any more. */
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

function isOf({ kind, payload }: Item, { channel, ts }: MessageDeleted, self: Self): boolean {
  if (kind !== SLACK || !payload) return false;
  const inbound = parse(JSON.parse(payload), self);
  return 'ts' in inbound && inbound.channel === channel && inbound.ts === ts;
}

function goneId({ team, channel, ts }: { team: string; channel: string; ts: string }): string {
  return `slack:gone:${team}:${channel}:${ts}`;
}

/** Nothing to do: kept so that its id is known. Of what is done only that and its lane stay, which here names another item. */
function marker(id: string, of: string): NewItem {
  return { id, lane: of, kind: 'marker', payload: '', done: true };
}
