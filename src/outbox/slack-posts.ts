// Messages of the log, as posts in Slack: under their author's name, once, and kept in step with edits and erasures.
import type { Act } from '../pods/act.ts';
import type { Reader } from '../pods/action.ts';
import { mentions } from '../pods/addressing.ts';
import type { Delivery } from '../pods/commit.ts';
import { called, namesOfAll } from '../pods/directory.ts';
import { isAgent, type ParticipantId } from '../pods/participant.ts';
import { memberId } from '../pods/views/member.ts';
import type { MessageDoc } from '../pods/views/message.ts';
import type { Persona } from '../slack/post.ts';
import { type Rendered, render } from '../slack/render.ts';
import type { Sender } from '../slack/send.ts';
import type { Collection, Doc } from '../store/port.ts';

type Posting = Extract<Delivery, { kind: 'post' | 'update' | 'unpost' }>;

/** A post about to be made: who finds it there already asks Slack before posting again. */
export interface SendingDoc extends Doc {
  at: number;
}

export interface PostDeps {
  act: Act;
  read: Reader;
  sender: Sender;
  team: string;
  sending: Collection<SendingDoc>;
  clock(): number;
  log(phrase: string, fields: Record<string, unknown>): void;
}

interface Standing {
  message: MessageDoc;
  team: string;
  channel: string;
  thread?: string;
}

export async function postToSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  // Erased before it was sent: there is nothing to post.
  if (!standing || standing.message.erased) return;
  const { message, channel, thread } = standing;
  const [mark] = await deps.sending.insert([{ id: delivery.id, rev: 1, at: deps.clock() }]);
  const first = mark === 'exists' ? await deps.sending.get(delivery.id) : undefined;
  const rendered = await rendering(deps, delivery.pod, message);
  const persona = await personaOf(deps.read, message.by);
  const { all } = await deps.sender.post({
    channel,
    ...(thread ? { threadTs: thread } : {}),
    posts: rendered.posts,
    key: delivery.id,
    resend: first !== undefined,
    ...(first ? { oldest: (first.at / 1000).toFixed(6) } : {}),
    ...persona,
  });
  await deps.act({
    pod: delivery.pod,
    actor: 'skein',
    via: 'skein',
    action: 'record_sent',
    input: { message: message.id, team: standing.team, channel, ts: all },
    key: `sent:${delivery.id}`,
  });
  if (rendered.file)
    await deps.sender.uploadFile({
      channel,
      threadTs: thread ?? all[0],
      ...rendered.file,
      resend: first !== undefined,
      ...(first ? { oldest: (first.at / 1000).toFixed(6) } : {}),
    });
}

export async function updateInSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing || standing.message.erased) return;
  const { message, channel } = standing;
  const { posts } = await rendering(deps, delivery.pod, message);
  const stands = timesOf(message);
  for (const [part, ts] of stands.entries()) {
    const post = posts[part];
    if (post) await deps.sender.update({ channel, ts, post, key: delivery.id, part });
    else await deps.sender.remove({ channel, ts });
  }
}

export async function removeFromSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing?.message.ours) return;
  for (const ts of timesOf(standing.message)) await deps.sender.remove({ channel: standing.channel, ts });
}

async function standingOf(deps: PostDeps, delivery: Posting): Promise<Standing | undefined> {
  const [message, conversation] = await Promise.all([
    deps.read.get('messages', delivery.message),
    deps.read.get('conversations', delivery.conversation),
  ]);
  if (!message || conversation?.place.kind !== 'slack') return undefined;
  const { team, channel, thread } = conversation.place;
  return { message, team, channel, ...(thread ? { thread } : {}) };
}

async function rendering(deps: PostDeps, pod: string, message: MessageDoc): Promise<Rendered> {
  const text = (await deps.read.texts([message.body])).get(message.body) ?? '';
  const users = await slackUsers(deps, pod, text);
  return render({ markdown: text, people: (name) => users.get(name.toLowerCase()) });
}

/** Members that the text names, by every name they go by: a name of somebody else stays text. */
async function slackUsers(deps: PostDeps, pod: string, text: string): Promise<Map<string, string>> {
  const names = [...new Set(mentions(text).flat())];
  const users = new Map<string, string>();
  if (!names.length) return users;
  const prefix = `slack:${deps.team}:`;
  for (const person of await deps.read.find('people', { where: { names: { in: names } }, limit: 100 })) {
    const member = await deps.read.get('members', memberId(pod, person.id as ParticipantId));
    const user = person.accounts.find((account) => account.startsWith(prefix))?.slice(prefix.length);
    if (member?.state === 'in' && user) for (const name of person.names) if (!users.has(name)) users.set(name, user);
  }
  return users;
}

/** An agent posts under its own name and picture; a person's words from elsewhere say through what they came. */
export async function personaOf(read: Reader, by: ParticipantId): Promise<Persona> {
  if (isAgent(by)) {
    const agent = await read.get('agents', by);
    if (!agent) return { username: by.slice('agent:'.length) };
    return { username: agent.name, iconEmoji: agent.avatar.emoji, iconUrl: agent.avatar.url };
  }
  if (by === 'skein') return {};
  const names = await namesOfAll(read, [by]);
  return { username: `${called(names, by).name} (through Skein)` };
}

function timesOf(message: MessageDoc): string[] {
  return message.places.map((place) => place.split(':').at(-1) ?? '').filter(Boolean);
}
