// A mail that was forwarded before: its sender joins the task that was made of it, and their words go to its conversation.
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import { type AgentId, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import type { Origin } from '../../log/place.ts';
import type { Ctx } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { newMessage } from '../conversations/new-message.ts';
import { mailedBy } from '../conversations/origin/by-mail.ts';
import { type Change, changesOf } from '../kinds.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../tasks/task.ts';
import { acknowledgement } from './acknowledgement.ts';

interface Joined {
  joined: TaskDoc;
  talk: ConversationDoc;
}

/** Returns a task that is not done and was made of the same mail, with its conversation: the oldest, or the sender's. */
export async function taskFrom(
  read: Reader,
  { pod, actor }: Ctx,
  sources: readonly string[],
): Promise<Joined | undefined> {
  if (!sources.length) return undefined;
  const where = { pod, sources: { in: [...sources] } };
  const alike = (await read.find(TASKS, { where, limit: MOST_ALIKE })).sort((a, b) => a.number - b.number);
  const open = alike.filter(({ state }) => ACTIVE.some((one) => one === state));
  // The sender's own goes first: they have separated their mail from the other, or follow this one.
  const own = open.find(({ createdBy, followers = [] }) => [createdBy, ...followers].some((one) => one === actor));
  const joined = own ?? open[0];
  const talk = joined?.conversation ? await read.get(CONVERSATIONS, joined.conversation) : undefined;
  return joined && talk ? { joined, talk } : undefined;
}

/** A mail that is forwarded again and again has as many tasks as were done in between. */
const MOST_ALIKE = 50;

interface View extends Joined {
  known: ReadonlyMap<string, ParticipantId>;
  absent: ReadonlyMap<string, AgentId>;
  agent: AgentId | undefined;
  followers: PersonId[];
}

interface Input {
  text: string;
  files: string[];
  notes: string[];
  sources: string[];
  acknowledge: boolean;
}

export function joinTask(
  ctx: Ctx,
  origin: Extract<Origin, { kind: 'email' }>,
  { joined, talk, known, absent, agent, followers }: View,
  { text, files, notes, sources, acknowledge }: Input,
) {
  const message = ctx.id('m');
  const { number } = joined;
  const added = newMessage(
    ctx,
    { id: talk.id, doc: talk },
    {
      ...{ message, text, known, absent, at: origin.at ?? ctx.at, words: text },
      ...(agent ? { wanted: agent } : {}),
      mail: () => ({ files, notes, task: number, joined: true }),
    },
  );
  const people = [...new Set([...(origin.quiet ? [] : [ctx.actor]), ...followers])].filter(isPerson);
  // A follower of the task stays one if the mail becomes a task of its own.
  const before = [joined.createdBy, ...(joined.followers ?? []), ...(talk.mail?.people ?? [])];
  const fresh = people.filter((one) => !before.includes(one));
  return {
    changes: [
      ...added.changes,
      mailedBy(talk.id, people, origin, undefined),
      { v: 1 as const, on: 'tasks' as const, id: joined.id, type: 'mail_joined' as const, followers: fresh, sources },
    ],
    deliveries: [
      ...(acknowledge ? [{ ...acknowledgement(ctx, talk.id, message), joins: true as const }] : []),
      ...added.deliveries,
    ],
    result: { conversation: talk.id, message, files: files.length, task: { id: joined.id, number }, joined: true },
  };
}

/** Returns what a mail that joined a task changed in it, by the commit that took the mail. */
export function joinedIn(commit: Commit): Extract<Change, { type: 'mail_joined' }> | undefined {
  return changesOf(commit).find((change) => change.type === 'mail_joined');
}
