// Removes an erased message from Slack. A post that is already gone is no error.
import type { DeliveryKind } from '../kind.ts';
import { SLACK_APP } from '../kind.ts';
import { detach } from '../slack/attach.ts';
import { conversationLane, type Posting, postTargetOf, timesOf } from '../slack/post-target.ts';
import { type PostDeps, postDeps } from '../slack/send-once.ts';
import { asPoster } from '../slack/voices/voice.ts';

export const unpost: DeliveryKind<'unpost'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['idempotent'],
  carry: (parts, delivery) => removeFromSlack(postDeps(parts), delivery),
};

export async function removeFromSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const target = await postTargetOf(deps, delivery);
  if (!target?.message.ours) return;
  await detach(deps, target);
  const { message, channel } = target;
  const said = { pod: message.pod, channel, by: message.by };
  for (const ts of timesOf(message).reverse()) await asPoster(deps, said, (poster) => poster.remove({ channel, ts }));
}
