// What is said, changed and deleted in Slack, as commits of the pod that lives there.
import { Conflict, NotAllowed, NotFound, Retryable } from '../errors.ts';
import type { NewItem, Queue } from '../lanes/queue.ts';
import { isPerson, type ParticipantId } from '../pods/participant.ts';
import { type Origin, placeKey, slackPodId } from '../pods/place.ts';
import { memberId } from '../pods/views/member.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { PodDoc } from '../pods/views/pod.ts';
import {
  type AppMessage,
  type InboundFile,
  keyOf,
  type MessageDeleted,
  type MessageEdited,
  type MessagePosted,
} from '../slack/inbound.ts';
import { readText } from '../slack/text.ts';
import type { SlackContext } from './context.ts';
import { SLACK } from './save-slack.ts';
import { letIn, personOf } from './slack-people.ts';

type Said = MessagePosted | AppMessage | MessageEdited;

export async function messagePosted(slack: SlackContext, said: MessagePosted, attempts: number): Promise<void> {
  const person = await personOf(slack, said.user);
  if (!person) return;
  const pod = said.channelType === 'im' ? await dmPod(slack, said, person) : await podOf(slack, said);
  if (!pod) return notAPod(slack, said);
  if (pod.state === 'archived' && !said.text && !said.files.length) return;
  await threadIsKnown(slack, pod, said, attempts);
  await memberNow(slack, pod, person, said);
  await post(slack, pod, person.id as ParticipantId, said);
  for (const file of said.files) await takeFile(slack, pod, person.id as ParticipantId, file);
}

/** Another app's word: it is on the log, and wakes nobody. */
export async function appMessage(slack: SlackContext, said: AppMessage): Promise<void> {
  const pod = await podOf(slack, said);
  if (pod) await post(slack, pod, `app:${said.name ?? said.botId ?? said.appId ?? 'unknown'}`, said);
}

export async function messageEdited(slack: SlackContext, said: MessageEdited): Promise<void> {
  const pod = await podOf(slack, said);
  if (!pod) return;
  const message = await messageAt(slack, pod, said);
  // The edit came before the message: what it says now is all there is to keep.
  if (!message) return messagePosted(slack, { ...said, kind: 'message_posted', mentionsApp: false }, 0);
  const { text } = await textOf(slack, said);
  const before = (await slack.read.texts([message.body])).get(message.body);
  // Slack also sends this when it unfolds a link: nothing that a person did.
  if (text === before || message.erased || !isPerson(message.by)) return;
  await slack.act({
    pod: pod.id,
    actor: message.by,
    via: 'slack',
    action: 'edit_message',
    input: { message: message.id, text },
    key: keyOf(said),
    origin: originOf(said, Math.round(Number(said.editedAt) * 1000)),
  });
}

export async function messageDeleted(slack: SlackContext, queue: Queue, gone: MessageDeleted): Promise<void> {
  const pod = await podOf(slack, gone);
  if (!pod) return;
  const message = await messageAt(slack, pod, gone);
  if (!message) return neverTake(queue, gone);
  if (message.erased) return;
  const request = {
    pod: pod.id,
    via: 'slack' as const,
    action: 'delete_message',
    input: { message: message.id },
    key: keyOf(gone),
    origin: originOf(gone),
  };
  try {
    await slack.act({ ...request, actor: isPerson(message.by) ? message.by : 'skein' });
  } catch (error) {
    // Its author has left the pod since; what Slack deleted is erased all the same.
    if (!(error instanceof NotAllowed)) throw error;
    await slack.act({ ...request, actor: 'skein' });
  }
}

/** The deletion came before the message: when that comes, it is known already and not taken in. */
async function neverTake(queue: Queue, gone: MessageDeleted): Promise<void> {
  const posted: NewItem = {
    id: `slack:${gone.team}:${gone.channel}:${gone.ts}`,
    lane: '',
    kind: SLACK,
    payload: '',
    done: true,
  };
  await queue.save([posted]);
}

export async function podOf(slack: SlackContext, { channel }: { channel: string }): Promise<PodDoc | undefined> {
  return slack.read.get('pods', slackPodId(slack.identity.teamId, channel));
}

async function dmPod(slack: SlackContext, said: MessagePosted, person: PersonDoc): Promise<PodDoc | undefined> {
  const known = await podOf(slack, said);
  if (known) return known;
  const { teamId } = slack.identity;
  await slack.act({
    pod: slackPodId(teamId, said.channel),
    actor: person.id as ParticipantId,
    via: 'slack',
    action: 'create_pod',
    input: { name: `${person.name} and Skein` },
    key: `dm:${said.channel}`,
    origin: { kind: 'slack', team: teamId, channel: said.channel, direct: true },
  });
  return podOf(slack, said);
}

/** Somebody calls Skein where it can't work yet: they alone are told how it can. */
async function notAPod(slack: SlackContext, said: MessagePosted): Promise<void> {
  if (!said.mentionsApp) return;
  const text = 'This channel is not a pod yet, so no agent works here. Write `/skein pod new` to make it one.';
  const post = { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
  await slack.sender.ephemeral({ channel: said.channel, user: said.user, post, threadTs: said.threadTs });
}

/** A reply in a thread that Skein began may come before Skein knows where its own post stands. */
async function threadIsKnown(slack: SlackContext, pod: PodDoc, said: MessagePosted, attempts: number): Promise<void> {
  if (!said.threadTs || said.parentUser !== slack.identity.botUserId || attempts >= 4) return;
  const key = placeKey({ kind: 'slack', team: slack.identity.teamId, channel: said.channel, thread: said.threadTs });
  const [conversation] = await slack.read.find('conversations', { where: { pod: pod.id, placeKey: key }, limit: 1 });
  if (!conversation) throw new Retryable('The thread this answers is still being recorded.', 300);
}

/** Who writes in a channel is in it, unless they left before this was handled: Slack knows. */
async function memberNow(slack: SlackContext, pod: PodDoc, person: PersonDoc, said: MessagePosted): Promise<void> {
  const member = await slack.read.get('members', memberId(pod.id, person.id as ParticipantId));
  if (member?.state === 'in' || (member?.state === 'out' && member.since >= atOf(said.ts))) return;
  await letIn(slack, pod.id, person, keyOf(said));
}

async function post(slack: SlackContext, pod: PodDoc, actor: ParticipantId, said: Said): Promise<void> {
  const { text } = await textOf(slack, said);
  try {
    await slack.act({
      pod: pod.id,
      actor,
      via: 'slack',
      action: 'post_message',
      input: { text },
      key: `slack:${slack.identity.teamId}:${said.channel}:${said.ts}`,
      origin: originOf(said, atOf(said.ts)),
    });
  } catch (error) {
    // The key stands with another text: an edit of it came first and is the newer word.
    if (!(error instanceof Conflict)) throw error;
  }
}

async function messageAt(
  slack: SlackContext,
  pod: PodDoc,
  { channel, ts }: { channel: string; ts: string },
): Promise<MessageDoc | undefined> {
  const key = placeKey({ kind: 'slack', team: slack.identity.teamId, channel, thread: ts });
  return (await slack.read.find('messages', { where: { pod: pod.id, places: key }, limit: 1 }))[0];
}

/** Slack's mrkdwn as the plain Markdown of the log, with names for ids. */
async function textOf(slack: SlackContext, said: Said): Promise<{ text: string }> {
  const ids = [...new Set([...said.text.matchAll(/<@([A-Z0-9]+)/g)].map(([, id = '']) => id))];
  const names = new Map<string, string>([[slack.identity.botUserId, 'Skein']]);
  for (const id of ids) {
    if (names.has(id)) continue;
    const name = await nameOf(slack, id);
    if (name) names.set(id, name);
  }
  const { text } = readText(said.text, { user: (id) => names.get(id), botUserId: slack.identity.botUserId });
  const files = said.files.map(({ name }) => `(file: ${name})`).join('\n');
  return { text: [text, files].filter(Boolean).join('\n') || '(no text)' };
}

async function nameOf(slack: SlackContext, user: string): Promise<string | undefined> {
  try {
    return (await personOf(slack, user))?.name;
  } catch (error) {
    // Somebody Slack does not let us see keeps their id as name.
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

async function takeFile(slack: SlackContext, pod: PodDoc, actor: ParticipantId, file: InboundFile): Promise<void> {
  if (!file.url) return;
  const [known] = await slack.read.find('files', { where: { pod: pod.id, name: file.name }, limit: 1 });
  const content = await slack.download(file.url);
  await slack.act({
    pod: pod.id,
    actor,
    via: 'slack',
    action: 'put_file',
    input: {
      name: file.name,
      base64: Buffer.from(content).toString('base64'),
      ...(known ? { base: known.version } : {}),
    },
    key: `slack:file:${file.id}`,
  });
}

function originOf(said: { channel: string; ts: string; team: string; threadTs?: string }, at?: number): Origin {
  return {
    kind: 'slack',
    team: said.team,
    channel: said.channel,
    ts: said.ts,
    ...(said.threadTs ? { thread: said.threadTs } : {}),
    ...(at === undefined ? {} : { at }),
  };
}

function atOf(ts: string): number {
  return Math.round(Number(ts) * 1000);
}
