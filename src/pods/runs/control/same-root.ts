// Finds what else agents do for the same request in other conversations, or will do when a task falls due, when the tasks are done
// for which another waits, or when a question is answered. Whoever stops one of them is shown it, and can stop it too.
import type { Reader } from '../../../log/action.ts';
import { isOutside } from '../../../log/labels/label.ts';
import { type AgentId, isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../conversations/conversation.ts';
import { isStopped } from '../../conversations/words/at-work.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { PODS, type PodDoc } from '../../pod/pod.ts';
import type { Put } from '../../questions/settling/hearing.ts';
import { openQuestions } from '../../questions/settling/settle.ts';
import { waits } from '../../tasks/graph/ready.ts';
import { TASKS } from '../../tasks/task.ts';
import { LIVE, RUNS } from '../run.ts';
import { isDue, toCome } from './to-come.ts';

/** The newest runs of the conversation, whose requests count. */
const LOOK_BACK = 10;
/** The most that one stop shows or ends. */
const MOST = 20;

interface Spot {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** When the agent will be woken there, as “on #7 (Fri 4 Dec)”. Absent if it is at work there now. */
  later?: string;
}

export interface Elsewhere extends Spot {
  /** “Pilot in “Prices””, or “Pilot on #7 (Fri 4 Dec)”. */
  says: string;
  /** False if only whoever stops may hear of it: it is in another pod, which not all readers of the stopped thread are in. */
  shown: boolean;
  /** Its open questions there. */
  open: readonly Put[];
}

/**
 * In other pods it looks for people alone, and only in pods that they are in. In the conversation itself it finds the agents whose
 * tasks there wait for others.
 */
export async function underWayElsewhere(read: Reader, ctx: Ctx, doc: ConversationDoc): Promise<Elsewhere[]> {
  const newest = { where: { conversation: doc.id }, sort: [['at', 'desc']], limit: LOOK_BACK } as const;
  const roots = [doc.root, ...(await read.find(RUNS, newest)).map(({ root }) => root)].filter(
    (one) => one !== undefined,
  );
  if (!roots.length) return [];
  const runs = await read.find(RUNS, { where: { root: { in: roots }, state: { in: LIVE } }, limit: 2 * MOST });
  const later = await toCome(read, { pod: ctx.pod, conversation: doc.id, roots: new Set(roots) });
  const spots = [...later, ...runs.filter(({ conversation }) => conversation !== doc.id)];
  // A run that waits for an answer is at work: it stands in the place of its own question.
  const unique = [...new Map(spots.map((one) => [`${one.conversation} ${one.agent}`, one])).values()];
  const pods = await podsFor(read, ctx, unique);
  const seen = unique.filter(({ pod }) => pods.has(pod)).slice(0, MOST);
  const names = await namesOfAll(read, [ctx.actor, ...seen.map(({ agent }) => agent)]);
  const found = await Promise.all(seen.map((spot) => elsewhere(read, ctx.pod, spot, { pods, names })));
  return found.flat();
}

/** True if the agent is at work there, or will be, and nobody has stopped it. */
export async function isUnderWay(
  read: Reader,
  { conversation, agent }: { conversation: string; agent: string | undefined },
): Promise<boolean> {
  const doc = await read.get(CONVERSATIONS, conversation);
  if (!doc || !agent || isStopped(doc.atWork, agent)) return false;
  const [runs, tasks, open] = await Promise.all([
    read.find(RUNS, { where: { conversation, state: { in: LIVE } } }),
    read.find(TASKS, { where: { conversation } }),
    openQuestions(read, doc.questions),
  ]);
  const own = tasks.filter(({ assignee }) => assignee === agent);
  return (
    runs.some((run) => run.agent === agent) ||
    own.some((task) => isDue(task) || waits(task).length > 0) ||
    open.some(({ question }) => question.by === agent)
  );
}

/** The pods of these, as far as the actor may look into them. */
async function podsFor(read: Reader, { pod: here, actor }: Ctx, spots: readonly Spot[]): Promise<Map<string, PodDoc>> {
  const ids = [...new Set([here, ...spots.map(({ pod }) => pod)])];
  const found = await Promise.all(
    ids.map(async (id) => {
      const isIn = id === here || (isPerson(actor) && (await read.get(MEMBERS, memberId(id, actor)))?.state === 'in');
      const doc = isIn ? await read.get(PODS, id) : undefined;
      return doc ? [[id, doc] as const] : [];
    }),
  );
  return new Map(found.flat());
}

interface Known {
  pods: ReadonlyMap<string, PodDoc>;
  names: ReadonlyMap<ParticipantId, Named>;
}

/** Empty if a person has stopped the agent there already. */
async function elsewhere(read: Reader, here: string, spot: Spot, { pods, names }: Known): Promise<Elsewhere[]> {
  const { pod, conversation, agent, later } = spot;
  const doc = await read.get(CONVERSATIONS, conversation);
  if (!doc || isStopped(doc.atWork, agent)) return [];
  const ref = isOutside(doc.labels?.titleRef) ? undefined : doc.titleRef;
  const title = ref && (await read.texts([ref])).get(ref);
  const open = (await openQuestions(read, doc.questions)).filter(({ question }) => question.by === agent);
  const what = later ? ` ${later}` : title ? ` in “${title}”` : '';
  const other = pod === here ? '' : ` in ${pods.get(pod)?.name ?? 'another pod'}`;
  return [
    {
      ...{ pod, conversation, agent, open, ...(later ? { later } : {}) },
      says: `${called(names, agent).name}${what}${other}`,
      // In a pod of one person nobody else reads of it.
      shown: pod === here || pods.get(here)?.direct === true,
    },
  ];
}
