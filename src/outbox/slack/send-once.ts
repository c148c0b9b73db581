// Posts to Slack exactly once: records the start, and looks for the post in Slack before it sends again.
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Rendered } from '../../slack/render/render.ts';
import type { Collection, CollectionSpec, Doc } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';
import { type Answering, answeringBy } from '../notices/answer-outside.ts';
import type { Parts } from '../parts.ts';
import type { PostTarget } from './post-target.ts';
import type { SharedFile } from './remove-file.ts';
import { asPoster, type Speaking, voiceIn } from './voices/voice.ts';

/**
 * The record that a post was started. If it exists, a retry looks in Slack first. The record of a message with a file
 * contains the file.
 */
export interface SendingDoc extends Doc {
  at: number;
  file?: SharedFile;
  /** The delivery that shared the file, if another one may share it again. */
  delivery?: string;
  /** Set once Slack has shown the file, or has taken the call that shares it. */
  shared?: true;
}

export const SENDING_SPEC: CollectionSpec = { name: 'sending', kind: 'journal', indexes: [{ fields: ['at'] }] };

export interface PostDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  slack: Speaking;
  team: string;
  sending: Collection<SendingDoc>;
  clock(): number;
  /** Makes links to mails to people outside. */
  answering?: Answering;
}

export function postDeps({ act, read, texts, clock, store, slack, mail }: Parts): PostDeps {
  const sending = store.collection<SendingDoc>('sending');
  const answering = mail ? { answering: answeringBy(mail.out) } : {};
  return { act, read, texts, clock, slack, team: slack.team, sending, ...answering };
}

/**
 * Posts the missing parts and returns the places of all parts. If the first part starts a thread, the others go into
 * that thread.
 */
export async function send(
  deps: PostDeps,
  target: PostTarget,
  posts: Rendered['posts'],
  key: string,
): Promise<string[]> {
  if (target.thread || posts.length === 1) return sendTo(deps, target, posts, key);
  const [root = ''] = await sendTo(deps, target, posts.slice(0, 1), key);
  return [root, ...(await sendTo(deps, { ...target, thread: root }, posts.slice(1), restOf(key)))];
}

function restOf(key: string): string {
  return `${key}:rest`;
}

async function sendTo(
  deps: PostDeps,
  { message, channel, thread }: PostTarget,
  posts: Rendered['posts'],
  key: string,
): Promise<string[]> {
  const { sender, persona } = await voiceIn(deps, { pod: message.pod, channel, by: message.by });
  const earlier = await begun(deps, key);
  const { all } = await sender.post({
    channel,
    threadTs: thread,
    posts,
    key,
    resend: earlier !== undefined,
    oldest: earlier,
    ...persona,
  });
  return all;
}

/** Records the start. If there was an earlier attempt, returns the time of the first one as a Slack timestamp. */
export async function begun(deps: Pick<PostDeps, 'sending' | 'clock'>, key: string): Promise<string | undefined> {
  const [mark] = await deps.sending.insert([{ id: key, rev: 1, at: deps.clock() }]);
  return mark === 'exists' ? attempted(deps, key) : undefined;
}

/** Returns the time of the first attempt as a Slack timestamp. Undefined if there was none. */
export async function attempted(deps: Pick<PostDeps, 'sending'>, key: string): Promise<string | undefined> {
  const first = await firstAttempt(deps, key);
  return first === undefined ? undefined : slackTime(first);
}

/** Returns the time of the first attempt in milliseconds since 1970. Undefined if there was none. */
export async function firstAttempt({ sending }: Pick<PostDeps, 'sending'>, key: string): Promise<number | undefined> {
  return (await sending.get(key))?.at;
}

export async function takeBack(deps: PostDeps, { delivery, message, channel, thread }: PostTarget): Promise<void> {
  const key = delivery.id;
  const oldest = await attempted(deps, key);
  if (oldest === undefined) return;
  const said = { pod: message.pod, channel, by: message.by };
  const { sender } = await voiceIn(deps, said);
  const first = await sender.lookUp({ channel, threadTs: thread, key, oldest });
  const root = thread ? undefined : first[0];
  const rest = root ? await sender.lookUp({ channel, threadTs: root, key: restOf(key), oldest }) : [];
  for (const ts of [...rest, ...first]) await asPoster(deps, said, (poster) => poster.remove({ channel, ts }));
}

/** Records on the log where the message stands in Slack. */
export async function record(
  deps: PostDeps,
  { delivery, message, team, channel }: PostTarget,
  ts: string[],
): Promise<void> {
  await deps.act({
    pod: delivery.pod,
    actor: 'skein',
    via: 'skein',
    action: 'record_sent',
    input: { message: message.id, team, channel, ts },
    key: `sent:${delivery.id}`,
  });
}

/** Converts milliseconds since 1970 to a Slack timestamp. */
export function slackTime(at: number): string {
  return (at / 1000).toFixed(6);
}
