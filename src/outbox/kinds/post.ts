// Posts a message of the log in Slack under its author's name. If Slack refuses every form of it, reports that in the
// thread.
import type { Rendered } from '../../slack/render/render.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { attach } from '../slack/attach.ts';
import { claimMentions, releaseLeft, releaseMentions } from '../slack/claim-mentions.ts';
import { renderMessage } from '../slack/message-posts.ts';
import { conversationLane, type Posting, type PostTarget, postTargetOf, timesOf } from '../slack/post-target.ts';
import { reportRefused } from '../slack/refused-post.ts';
import { type PostDeps, postDeps, record, send, takeBack } from '../slack/send-once.ts';
import { removeFromSlack } from './unpost.ts';

export const post: DeliveryKind<'post'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['look-up'],
  carry: (parts, delivery) => postToSlack(postDeps(parts), delivery),
  async onAside(parts, delivery, error) {
    await releaseMentions(parts, delivery);
    await reportRefused(parts, delivery, error);
  },
};

async function postToSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const target = await postTargetOf(deps, delivery);
  if (!target) return;
  // The message was erased before this attempt. An earlier attempt whose reply was lost may have posted it.
  if (target.message.erased) return takeBack(deps, target);
  const rendered = await renderMessage(deps, delivery.pod, target.message);
  if (!rendered.posts.length) return;
  const all = target.message.ours ? timesOf(target.message) : await posted(deps, target, rendered.posts);
  await attach(deps, target, rendered, all);
  // The message was erased during the post, when the erasure found no post to remove.
  const after = await postTargetOf(deps, delivery);
  if (after?.message.erased) await removeFromSlack(deps, delivery);
}

async function posted(deps: PostDeps, target: PostTarget, posts: Rendered['posts']): Promise<string[]> {
  const late = await claimMentions(deps, target, posts);
  const shown = late.size ? (await renderMessage(deps, target.delivery.pod, target.message, late)).posts : posts;
  const all = await send(deps, target, shown, target.delivery.id);
  await releaseLeft(deps, target);
  await record(deps, target, all);
  return all;
}
