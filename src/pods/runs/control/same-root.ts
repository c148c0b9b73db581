// Finds what else agents do for the same request in other conversations of the pod, for whoever stops one of them.
import type { Reader } from '../../../log/action.ts';
import { isOutside } from '../../../log/labels/label.ts';
import type { AgentId, Named, ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../conversations/conversation.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import type { Put } from '../../questions/settling/hearing.ts';
import { openQuestions } from '../../questions/settling/settle.ts';
import { LIVE, RUNS, type RunDoc } from '../run.ts';

/** The newest runs of the conversation, whose requests count. */
const LOOK_BACK = 10;
/** The most runs that one stop shows or ends. */
const MOST = 20;

export interface Elsewhere {
  conversation: string;
  agent: AgentId;
  /** “Pilot in “Prices””. */
  says: string;
  /** Its open questions there. */
  open: readonly Put[];
}

export async function runsElsewhere(read: Reader, ctx: Ctx, doc: ConversationDoc): Promise<Elsewhere[]> {
  const newest = { where: { conversation: doc.id }, sort: [['at', 'desc']], limit: LOOK_BACK } as const;
  const roots = new Set([doc.root, ...(await read.find(RUNS, newest)).map(({ root }) => root)]);
  const where = { root: { in: [...roots].filter((root) => root !== undefined) }, state: { in: LIVE } };
  const found = (await read.find(RUNS, { where, limit: 2 * MOST })).filter(
    ({ pod, conversation }) => pod === ctx.pod && conversation !== doc.id,
  );
  const runs = [...new Map(found.map((run) => [`${run.conversation} ${run.agent}`, run])).values()].slice(0, MOST);
  const names = await namesOfAll(read, [ctx.actor, ...runs.map(({ agent }) => agent)]);
  return Promise.all(runs.map((run) => elsewhere(read, run, names)));
}

async function elsewhere(
  read: Reader,
  { conversation, agent }: RunDoc,
  names: ReadonlyMap<ParticipantId, Named>,
): Promise<Elsewhere> {
  const doc = await read.get(CONVERSATIONS, conversation);
  const ref = isOutside(doc?.labels?.titleRef) ? undefined : doc?.titleRef;
  const title = ref && (await read.texts([ref])).get(ref);
  const open = (await openQuestions(read, doc?.questions)).filter(({ question }) => question.by === agent);
  return { conversation, agent, says: `${called(names, agent).name}${title ? ` in “${title}”` : ''}`, open };
}
