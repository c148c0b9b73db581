// Updates the posts of an edited message. Each part goes into its existing post, and further parts into new posts.
// Posts that no part needs are removed.
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { attach, detach } from '../slack/attach.ts';
import { claimMentions, releaseMentions } from '../slack/claim-mentions.ts';
import { renderMessage } from '../slack/message-posts.ts';
import { conversationLane, isGone, type Posting, postTargetOf, timesOf } from '../slack/post-target.ts';
import { reportRefused } from '../slack/refused-post.ts';
import { type PostDeps, postDeps, record, send } from '../slack/send-once.ts';
import { asPoster } from '../slack/voices/voice.ts';
import { removeFromSlack } from './unpost.ts';

export const update: DeliveryKind<'update'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['idempotent'],
  // Only the newest edit is carried out, because it includes all earlier ones.
  about: ({ message }) => `update:${message}`,
  carry: (parts, delivery) => updateInSlack(postDeps(parts), delivery),
  async onAside(parts, delivery, error) {
    await releaseMentions(parts, delivery, undefined);
    await reportRefused(parts, delivery, error);
  },
};

async function updateInSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const target = await postTargetOf(deps, delivery);
  if (!target?.message.ours || isGone(target.message)) return;
  const rendered = await renderMessage(deps, delivery.pod, target.message);
  // All tasks of the post were erased.
  if (!rendered.posts.length && target.message.cards) return removeFromSlack(deps, delivery);
  if (!rendered.posts.length) return;
  const stands = timesOf(target.message);
  const { channel, message } = target;
  const said = { pod: message.pod, channel, by: message.by };
  await detach(deps, target);
  for (const [part, ts] of stands.entries()) {
    const post = rendered.posts[part];
    await asPoster(deps, said, (poster) =>
      post ? poster.update({ channel, ts, post, key: delivery.id, part }) : poster.remove({ channel, ts }),
    );
  }
  const inThread = { ...target, thread: target.thread ?? stands[0] ?? '' };
  const kept = stands.slice(0, rendered.posts.length);
  const missing = rendered.posts.slice(stands.length);
  // Slack notifies nobody of an edit: only a further post tells whom it mentions.
  const late = await claimMentions(deps, target, missing);
  const shown = late.size ? (await renderMessage(deps, delivery.pod, target.message, late)).posts : rendered.posts;
  const all = missing.length
    ? [...kept, ...(await send(deps, inThread, shown.slice(stands.length), `${delivery.id}:more`))]
    : kept;
  if (all.length !== stands.length) await record(deps, target, all);
  await attach(deps, target, rendered, all);
}
