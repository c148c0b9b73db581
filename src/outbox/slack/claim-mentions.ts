// Records in a person's own log that a Slack post will mention the person, before it is sent. The post itself tells the
// person, so no notice repeats it.
import type { Reader } from '../../log/action.ts';
import type { Subject } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { needId } from '../../pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { HEARINGS, hearingId, ownLog } from '../../pods/telling/hearing.ts';
import type { Rendered } from '../../slack/render/render.ts';
import type { Posting, PostTarget } from './post-target.ts';
import type { PostDeps } from './send-once.ts';
import { slackUserOf } from './slack-user.ts';

/**
 * Records each mentioned person whom the posts really mention. A name in a file or in plain text does not count. Returns the
 * Slack users for whom it comes too late, because they were told otherwise or have answered. Their names stand in the post without
 * a mention, so that they are told once.
 */
export async function claimMentions(
  { act, read, team }: Pick<PostDeps, 'act' | 'read' | 'team'>,
  { message, delivery }: Pick<PostTarget, 'message' | 'delivery'>,
  posts: Rendered['posts'],
): Promise<ReadonlySet<string>> {
  const late = new Set<string>();
  if (!message.mentions?.length) return late;
  const shown = JSON.stringify(posts);
  for (const who of message.mentions) {
    const person = await read.get(PEOPLE, who);
    const user = person && slackUserOf(person, team);
    if (!user || !shown.includes(`<@${user}>`)) continue;
    if (await hasLeft(read, message, person)) {
      late.add(user);
      continue;
    }
    const need = needId(message.pod, who, subjectOf(message));
    const { result, repeated } = await act<{ claimed: boolean; late: boolean }>({
      ...{ pod: ownLog(who), actor: 'skein', via: 'skein', action: 'claim_tell' },
      ...{ input: { need, message: message.id }, key: `claim:${delivery.id}` },
    });
    const released = repeated && result.claimed && !(await isMentioned(read, who, need));
    if (result.late || released) late.add(user);
  }
  return late;
}

/** False if the claim of an earlier attempt was released, or the item was raised again: the person is told otherwise. */
async function isMentioned(read: Reader, who: PersonId, need: string): Promise<boolean> {
  const hearing = await read.get(HEARINGS, hearingId(who, need));
  return hearing?.state === 'told' && hearing.surface === 'mention';
}

/** Somebody who has left is told once they are back, and not by a mention that they may find by then. */
async function hasLeft(read: Reader, { pod }: MessageDoc, { id, state }: PersonDoc): Promise<boolean> {
  return state === 'out' || (await read.get(MEMBERS, memberId(pod, id as PersonId)))?.state === 'out';
}

/** Called once the post stands. Those who have left since the claim did not see it, and are told once they are back. */
export async function releaseLeft(
  { act, read }: Pick<PostDeps, 'act' | 'read'>,
  { message, delivery }: Pick<PostTarget, 'message' | 'delivery'>,
): Promise<void> {
  for (const who of message.mentions ?? []) {
    const person = await read.get(PEOPLE, who);
    if (!person || !(await hasLeft(read, message, person))) continue;
    await act({
      ...{ pod: ownLog(who), actor: 'skein', via: 'skein', action: 'release_tell' },
      ...{
        input: { need: needId(message.pod, who, subjectOf(message)), message: message.id },
        key: `left:${delivery.id}`,
      },
    });
  }
}

/** The item that the message raises for those it names. */
function subjectOf({ question, conversation }: MessageDoc): Subject {
  return question ? { on: 'questions', id: question } : { on: 'conversations', id: conversation };
}

/**
 * The post was set aside, or Slack can't be reached for long. Whomever it was to tell is told by a notice instead.
 * `since`: the time of the first attempt, in milliseconds since 1970.
 */
export async function releaseMentions(
  { act, read }: Pick<PostDeps, 'act' | 'read'>,
  { id, message }: Posting,
  since: number | undefined,
): Promise<void> {
  const doc = await read.get(MESSAGES, message);
  if (!doc) return;
  for (const who of doc.mentions ?? []) {
    const need = needId(doc.pod, who, subjectOf(doc));
    await act({
      ...{ pod: ownLog(who), actor: 'skein', via: 'skein', action: 'release_tell' },
      ...{ input: { need, message, since }, key: `unsent:${id}` },
    });
  }
}
