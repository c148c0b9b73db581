// tell_followers (Skein's own): tells by mail, in one line, what was done in Slack to a task whose conversation people without
// Slack follow.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import { versioned } from '../../log/labels/label.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { type Place, placeKey } from '../../log/place.ts';
import { action } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { commitSentence } from '../history/history.ts';
import { sentenceFactsFor } from '../history/sentence-facts.ts';
import { type Change, changesOf } from '../kinds.ts';
import { peopleOf } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { TASKS } from '../tasks/task.ts';

/** The changes that are told. How close somebody stays is their own matter, and the clock's moves are told as needs. */
const TOLD: readonly Change['type'][] = [
  ...(['task_moved', 'task_assigned', 'task_updated', 'dependencies_changed'] as const),
  ...(['review_asked', 'review_given', 'task_attached', 'task_detached'] as const),
];

export interface Following {
  conversation: ConversationDoc;
  people: PersonId[];
}

/**
 * Returns the conversation of the first task that the commit changed, and those who follow it by mail alone and are told of
 * the commit by nothing else. `said`: where its words were written, if they are a message that is mailed itself.
 */
export async function followersToTell(read: Reader, commit: Commit, said?: Place): Promise<Following | undefined> {
  const changed = changesOf(commit).find(({ on, type }) => on === 'tasks' && TOLD.includes(type));
  const task = changed && (await read.get(TASKS, changed.id));
  const talk = task?.conversation ? await read.get(CONVERSATIONS, task.conversation) : undefined;
  const told = new Set([commit.actor, ...toldBy(commit)]);
  const follow = (talk?.mail?.people ?? []).filter((one) => !told.has(one));
  if (!talk || !follow.length || talk.place.kind !== 'slack' || (said && placeKey(said) === talk.placeKey))
    return undefined;
  const { team } = talk.place;
  const docs = await peopleOf(read, follow);
  const people = docs
    .filter(({ accounts }) => !accounts.some((account) => account.startsWith(`slack:${team}:`)))
    .map(({ id }) => id)
    .filter(isPerson);
  return people.length ? { conversation: talk, people } : undefined;
}

/** The people of whom the commit itself asks something, or to whom it is mailed. */
function toldBy(commit: Commit): string[] {
  const asked = changesOf(commit).flatMap((change) => (change.type === 'need_opened' ? [change.who] : []));
  const mailed = commit.deliveries.flatMap((wish) =>
    wish.kind === 'mail' && 'to' in wish ? (wish.to as string[]) : [],
  );
  return [...asked, ...mailed];
}

export const tellFollowers = action({
  name: 'tell_followers',
  title: 'Tell who follows by mail',
  description: 'Tells those who follow a conversation by mail alone what a commit did to its task.',
  input: z.strictObject({ commit: z.number().int().positive() }),
  effect: 'write',
  internal: true,
  async load(read, { commit: seq }, ctx) {
    const [commit] = await read.commits(ctx.pod, seq, seq);
    const following = commit && (await followersToTell(read, commit));
    if (!commit || !following) return undefined;
    const known = await sentenceFactsFor(read, [commit]);
    return { ...following, text: `${commitSentence(commit, known)}.`, label: known.labelOf(commit) };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein tells what was done.',
  decide(view, { commit }, ctx) {
    requirePod(ctx, { archived: true });
    if (!view) throw new Conflict('Nobody follows it by mail alone.');
    const { conversation: talk, people, text, label } = view;
    const [message, conversation] = [ctx.id('m'), talk.id];
    return {
      changes: [
        {
          ...versioned({ body: label }),
          ...{ on: 'messages', id: message, type: 'message_posted', conversation, by: 'skein', at: ctx.at, places: [] },
          ...{ body: ctx.text(text, label), tells: commit },
        },
        { v: 1, on: 'conversations', id: conversation, type: 'message_added', by: 'skein', addressed: [], aside: true },
      ],
      // In Slack the card shows it, and whoever did it has the answer.
      deliveries: [{ kind: 'mail', about: 'message', conversation, message, to: people }],
      result: { told: people.length },
    };
  },
});
