// archive_pod: archives a pod, or restores it. An archived pod can be read; no agent works in it.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { NEEDS } from '../needs/need.ts';
import { hearing } from '../needs/raise.ts';
import { QUESTIONS, type QuestionDoc } from '../questions/question.ts';
import { requirePod } from '../require.ts';

/** The most items of which people hear when the pod is restored, the newest first. Their lists hold the others. */
const MOST_AGAIN = 200;

export const archivePod = action({
  name: 'archive_pod',
  title: 'Archive the pod',
  description:
    'Puts the pod to rest: everything stays readable, nothing new is done in it, nobody is told. `restore: true` wakes it again.',
  input: z.strictObject({ restore: z.boolean().default(false) }),
  // Counts as an effect outside: it stops all work in the pod, so no text from outside may cause it.
  effect: 'outside',
  allow: 'owner',
  async load(read, { restore }, { pod }) {
    const where = { pod, state: 'open' } as const;
    if (!restore) return { waiting: [], settled: [] };
    const settled = await Promise.all(
      (['answered', 'expired', 'withdrawn'] as const).map((state) =>
        read.find(QUESTIONS, { where: { pod, state }, sort: [['at', 'desc']], limit: MOST_AGAIN }),
      ),
    );
    const open = await read.find(NEEDS, { where, sort: [['at', 'desc']], limit: MOST_AGAIN });
    // A live mention has told its person where it stands.
    return { waiting: open.filter(({ live }) => !live), settled: settled.flat() };
  },
  decide({ waiting, settled }, { restore }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    // A DM can't be archived, because nobody would answer the person in it, or say why.
    if (pod.direct && !restore)
      throw new InvalidInput(
        'A conversation between one person and an agent is not archived, or what is written there would get no answer. To quiet an agent in the midst of its work, use stop_run.',
      );
    const state = restore ? 'active' : 'archived';
    if (pod.state === state) throw new Conflict(`${pod.name} already is ${state}.`);
    return {
      changes: [{ v: 1, on: 'pods', id: ctx.pod, type: restore ? 'pod_restored' : 'pod_archived' }],
      // Nobody was told of an item while the pod was archived. Whoever was told before hears nothing twice.
      deliveries: [
        ...waiting.map(({ who, id: need }, n) => hearing(who, { pod: ctx.pod, need }, ctx.id('ha', n))),
        // Nor did an agent hear the outcome of a question that was settled meanwhile, or what it was to be woken for.
        ...once([
          ...wakesFor(settled.filter((one) => isHeard(one) && (one.settled ?? 0) > (pod.archivedIn ?? pod.seq))),
          ...(pod.resting ?? []).map((one) => ({ kind: 'wake' as const, ...one })),
        ]),
      ],
      result: { pod: { id: ctx.pod, name: pod.name, state } },
    };
  },
});

/** A question that somebody took back, or whose work was over, wakes nobody; one that was erased does. */
function isHeard({ withdrawn }: QuestionDoc): boolean {
  return withdrawn === undefined || withdrawn.why === 'erased';
}

type Wake = Extract<DeliveryWish, { kind: 'wake' }>;

function wakesFor(questions: readonly QuestionDoc[]): Wake[] {
  return questions.flatMap(({ hearer, hearsIn: conversation, message: because }) =>
    conversation && hearer && isAgent(hearer) ? [{ kind: 'wake' as const, agent: hearer, conversation, because }] : [],
  );
}

/** The last wake of each agent in a conversation. */
function once(wakes: readonly Wake[]): Wake[] {
  return [...new Map(wakes.map((one) => [`${one.agent} ${one.conversation}`, one])).values()];
}
