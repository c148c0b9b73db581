// Records Slack messages, edits and deletions as commits of the channel's pod.

import { Conflict, NotAllowed, Retryable } from '../../errors.ts';
import { emptyAside, isGone, markGone } from '../../inbox/save-slack.ts';
import type { Item } from '../../lanes/item.ts';
import type { Outcome } from '../../log/act.ts';
import { type AppId, isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import { type Origin, placeKey } from '../../log/place.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { Deleted } from '../../pods/conversations/delete-message.ts';
import { isRecalled, MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { saysTheSame } from '../../pods/mail/mail-words.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import {
  type AppMessage,
  keyOf,
  type MessageDeleted,
  type MessageEdited,
  type MessagePosted,
} from '../../slack/parse/inbound.ts';
import { notice } from '../../slack/render/blocks.ts';
import { readLines } from './channel-words/command-lines.ts';
import { answerUnanswered } from './channel-words/unanswered.ts';
import type { SlackContext } from './context.ts';
import { takeFiles, withNames } from './files.ts';
import { answerDeleted, answerEdited } from './needs/answer-message.ts';
import { repliedToNotice, saidBesideNotices, takenBack } from './needs/notice-reply.ts';
import { memberNow } from './people/members.ts';
import { appNamed, authorOf, letOut } from './people/people.ts';
import { dmPod, podOf } from './pods.ts';
import { type MessageWords, wordsOf } from './text.ts';

type Said = MessagePosted | AppMessage | MessageEdited;
/** `away`: a sentence for each person who is named and away. */
interface Away {
  away?: string[];
}

/** The time when the item was saved, and the number of attempts. */
type Tried = Pick<Item, 'at' | 'attempts'>;

/**
 * How often a reply is attempted while Skein does not know the place of the post that it answers: at growing intervals,
 * 20 seconds in all.
 */
const WAITS_FOR_ROOT = 6;

export async function messagePosted(slack: SlackContext, posted: MessagePosted, item: Tried): Promise<void> {
  const said = { ...posted, files: await withNames(slack, posted.files) };
  const [person, gone] = await Promise.all([authorOf(slack, said), isGone(slack.queue, said)]);
  if (gone) return;
  if (typeof person === 'string') return heardOnly(slack, said, person);
  if (said.channelType === 'im' && person.foreign) return notAlone(slack, said);
  // Notices stand in the direct message with the main app. In that with an agent, all words are for the agent.
  if (said.channelType === 'im' && !slack.carrier && (await isForItem(slack, said, person))) return;
  const pod = said.channelType === 'im' ? await dmPod(slack, said.channel, person) : await podOf(slack, said);
  if (!pod) return notAPod(slack, said);
  await rootIsKnown(slack, pod, said, item.attempts);
  const here = await memberNow(slack, pod, person, { ...said, at: atOf(said.ts) }, item.at);
  const by = person.id as ParticipantId;
  // Stores the files first, so that the agents that the message wakes can read them.
  await takeFiles(slack, { pod: pod.id, by, channel: said.channel, user: said.user }, said.files);
  const lines = await readLines(slack, pod, person, said);
  const recorded = await post(slack, pod, by, said, lines?.certain);
  await tellAway(slack, said, recorded);
  await answerUnanswered(slack, { pod, person, said, posted: recorded, lines });
  if (!here) await letOut(slack, pod.id, person);
}

/** Tells the author alone which of the people they name are away, until when, and who stands in. */
async function tellAway(slack: SlackContext, said: MessagePosted, posted: Outcome<Away> | undefined): Promise<void> {
  const away = posted?.repeated ? [] : (posted?.result.away ?? []);
  if (!away.length) return;
  const { channel, user, threadTs } = said;
  await slack.sender.ephemeral({ channel, user, post: notice(away.join('\n')), threadTs });
}

/** True if the words were for something that waits for the person, and were taken there. */
async function isForItem(slack: SlackContext, said: MessagePosted, person: PersonDoc): Promise<boolean> {
  return (await repliedToNotice(slack, said, person)) || saidBesideNotices(slack, said, person);
}

/** Records a message of another app, without waking an agent. */
export async function appMessage(slack: SlackContext, said: AppMessage): Promise<void> {
  if (await isGone(slack.queue, said)) return;
  await heardOnly(slack, said, appNamed(said));
}

/** Records a message whose author is neither a member nor a guest. */
async function heardOnly(slack: SlackContext, said: AppMessage | MessagePosted, by: AppId): Promise<void> {
  const pod = await podOf(slack, said);
  if (pod) await post(slack, pod, by, said);
}

export async function messageEdited(slack: SlackContext, edited: MessageEdited, item: Tried): Promise<void> {
  const said = { ...edited, files: await withNames(slack, edited.files) };
  const known = await messageOnLog(slack, said);
  // If the edit arrived before its message, the message is recorded with the newer text.
  if (!known) await firstHeard(slack, said, item);
  const message = known ?? (await messageOnLog(slack, said));
  if (!message || message.erased || isAgent(message.by)) return;
  const at = atOf(said.editedAt);
  if ((message.editedAt ?? 0) >= at) return;
  const { text, files, mentioned } = await wordsOf(slack, said);
  const before = partsOf(message, await slack.read.texts(partRefs(message)));
  // Slack also sends an edit event when it adds the preview of a link. The text is then unchanged.
  if (known && saysTheSame(before, { words: text, files })) return;
  await asAuthor(slack, message, {
    action: 'edit_message',
    input: { message: message.id, text },
    key: keyOf(said),
    origin: originOf({ ...said, mentioned, files }, at),
  });
  if (known) await answerEdited(slack, known, text, keyOf(said));
}

async function firstHeard(slack: SlackContext, { app, ...said }: MessageEdited, item: Tried): Promise<void> {
  if (app) return appMessage(slack, { ...said, ...app, kind: 'app_message', mentionsApp: false });
  return messagePosted(slack, { ...said, kind: 'message_posted', mentionsApp: false }, item);
}

export async function messageDeleted(slack: SlackContext, gone: MessageDeleted): Promise<void> {
  await emptyAside(slack, gone);
  const message = await messageOnLog(slack, gone);
  // The event of the message may arrive after the event of its deletion, also for a message that was read as a past
  // message.
  if (!message || isRecalled(message)) await markGone(slack.queue, gone);
  if (!message) await takenBack(slack, gone);
  if (!message || message.erased) return;
  const { result, repeated } = await asAuthor<Deleted>(slack, message, {
    action: 'delete_message',
    input: { message: message.id },
    key: keyOf(gone),
    origin: originOf(gone),
  });
  if (!repeated) await answerDeleted(slack, gone, message, result);
}

/**
 * Acts in the author's name. If the author may not act any more, for example after leaving the pod, acts as Skein,
 * because Slack has already allowed the change.
 */
async function asAuthor<R = unknown>(
  slack: SlackContext,
  { pod, by }: MessageDoc,
  asked: { action: string; input: unknown; key: string; origin: Origin },
): Promise<Outcome<R>> {
  const request = { ...asked, pod, via: 'slack' as const };
  try {
    return await slack.act<R>({ ...request, actor: isPerson(by) ? by : 'skein' });
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    return slack.act<R>({ ...request, actor: 'skein' });
  }
}

/**
 * Answers a person who mentioned Skein in a channel that is no pod. Only they see the answer, which says how to make
 * one.
 */
async function notAPod(slack: SlackContext, said: MessagePosted): Promise<void> {
  if (!said.mentionsApp) return;
  const post = notice(slack.texts.fill('no-pod-here', 'channel'));
  await slack.sender.ephemeral({ channel: said.channel, user: said.user, post, threadTs: said.threadTs });
}

/**
 * Answers a direct message from a person of another organisation. Only people of this organisation have direct pods.
 */
async function notAlone(slack: SlackContext, said: MessagePosted): Promise<void> {
  const sentence = slack.texts.fill('no-pod-here', 'direct-message');
  await slack.sender.ephemeral({
    channel: said.channel,
    user: said.user,
    post: notice(sentence),
    threadTs: said.threadTs,
  });
}

/**
 * Throws Retryable while the place of the thread's first message is unknown: a reply may arrive before Skein has
 * recorded where an agent's post stands.
 */
async function rootIsKnown(slack: SlackContext, pod: PodDoc, said: MessagePosted, attempts: number): Promise<void> {
  if (!said.threadTs || attempts >= WAITS_FOR_ROOT) return;
  const { teamId: team } = slack.identity;
  const at = (thread?: string) => {
    const key = placeKey({ kind: 'slack', team, channel: said.channel, ...(thread ? { thread } : {}) });
    return slack.read.find(CONVERSATIONS, { where: { pod: pod.id, placeKey: key }, limit: 1 });
  };
  const [[known], [onItsWay]] = await Promise.all([at(said.threadTs), at()]);
  if (!known && onItsWay) throw new Retryable('The thread this answers is still being recorded.', 300 * 2 ** attempts);
}

/** Returns undefined if the message is on the log already, with a newer text. */
async function post(
  slack: SlackContext,
  pod: PodDoc,
  actor: ParticipantId,
  said: Said,
  command = false,
): Promise<Outcome<Away> | undefined> {
  const { text, ...words } = await wordsOf(slack, said);
  try {
    return await slack.act<Away>({
      pod: pod.id,
      actor,
      via: 'slack',
      action: 'post_message',
      input: { text },
      key: `slack:${slack.identity.teamId}:${said.channel}:${said.ts}`,
      origin: {
        ...originOf({ ...said, ...words }, atOf(said.ts)),
        ...foreignIn(said),
        ...(command ? { command: true as const } : {}),
      },
    });
  } catch (error) {
    // A Conflict means that the key was used with another text. The edit arrived first, and its text is newer.
    if (!(error instanceof Conflict && (await messageOnLog(slack, said)))) throw error;
    return undefined;
  }
}

/** Returns the message on the log with this channel and timestamp. */
async function messageOnLog(
  slack: SlackContext,
  { channel, ts }: { channel: string; ts: string },
): Promise<MessageDoc | undefined> {
  const pod = await podOf(slack, { channel });
  if (!pod) return undefined;
  const key = placeKey({ kind: 'slack', team: slack.identity.teamId, channel, thread: ts });
  return (await slack.read.find(MESSAGES, { where: { pod: pod.id, places: key }, limit: 1 }))[0];
}

/** Returns the id of the foreign app that posted it. Two apps may have one name. */
function foreignIn(said: Said): { foreign?: string } {
  const foreign = said.kind === 'app_message' ? (said.appId ?? said.botId) : undefined;
  return foreign ? { foreign } : {};
}

function originOf(
  said: Pick<MessagePosted, 'channel' | 'ts' | 'team' | 'threadTs'> & Partial<Omit<MessageWords, 'text'>>,
  at?: number,
): Extract<Origin, { kind: 'slack' }> {
  return {
    kind: 'slack',
    team: said.team,
    channel: said.channel,
    ts: said.ts,
    ...(said.threadTs ? { thread: said.threadTs } : {}),
    ...(at === undefined ? {} : { at }),
    ...(said.mentioned?.length ? { mentioned: said.mentioned } : {}),
    ...(said.outside ? { outside: said.outside } : {}),
    ...(said.files?.length ? { files: said.files } : {}),
  };
}

function atOf(ts: string): number {
  return Math.round(Number(ts) * 1000);
}
