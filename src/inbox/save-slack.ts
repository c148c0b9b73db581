// Slack's payloads into the inbox: kept before they are acknowledged, each once.
import type { NewItem, Queue } from '../lanes/queue.ts';
import { aliasesOf, type Inbound, keyOf, laneOf, type Self } from '../slack/inbound.ts';
import { parse } from '../slack/parse.ts';

export const SLACK = 'slack';

/** Resolves when every body is on disk; repetitions and what concerns nobody are left out. */
export async function saveSlack(queue: Queue, self: Self, bodies: readonly unknown[]): Promise<void> {
  const kept = bodies
    .map((body) => ({ body, inbound: parse(body, self) }))
    .filter(({ inbound }) => inbound.kind !== 'ignored' && inbound.kind !== 'unsupported');
  if (!kept.length) return;
  const items = kept.flatMap(({ body, inbound }) => [itemOf(body, inbound), ...aliasItems(inbound)]);
  await queue.save(items);
  void queue.ready(kept.map(({ inbound }) => ({ lane: laneOf(inbound) })));
}

function itemOf(body: unknown, inbound: Inbound): NewItem {
  return { id: keyOf(inbound), lane: laneOf(inbound), kind: SLACK, payload: body };
}

/** One gesture may come with two ts: the alias says which of them came first. */
function aliasItems(inbound: Inbound): NewItem[] {
  return aliasesOf(inbound).map((id) => ({ id, lane: '', kind: 'alias', payload: keyOf(inbound), done: true }));
}

/** True when another item stands for the same gesture. */
export async function isTwin(queue: Queue, inbound: Inbound): Promise<boolean> {
  for (const alias of aliasesOf(inbound)) {
    const first = await queue.items.get(alias);
    if (first && JSON.parse(first.payload) !== keyOf(inbound)) return true;
  }
  return false;
}
