// A message that was erased, taken out of Slack: gone is gone.
import type { DeliveryKind } from '../kind.ts';
import { SLACK_APP } from '../kind.ts';
import { detach } from '../slack/attach.ts';
import { type PostDeps, postDeps } from '../slack/send-once.ts';
import { conversationLane, type Posting, standingOf, timesOf } from '../slack/standing.ts';

export const unpost: DeliveryKind<'unpost'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['idempotent'],
  carry: (parts, delivery) => removeFromSlack(postDeps(parts), delivery),
};

export async function removeFromSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing?.message.ours) return;
  await detach(deps, standing);
  for (const ts of timesOf(standing.message).reverse()) await deps.sender.remove({ channel: standing.channel, ts });
}
