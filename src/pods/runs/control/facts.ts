// Reads the facts before a person pauses agents, lets them go on, takes their work over or hands it back.
import type { Reader } from '../../../log/action.ts';
import {
  type AgentId,
  isAgent,
  isPerson,
  type Named,
  type ParticipantId,
  type PersonId,
} from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import { namesOfAll } from '../../people/directory.ts';
import { PEOPLE } from '../../people/person.ts';
import { openQuestions } from '../../questions/settling/settle.ts';
import { type Passing, passingIn } from '../../tasks/giving/pass-task.ts';
import { LIVE, RUNS } from '../run.ts';

export interface ControlFacts {
  conversation: ConversationDoc;
  names: ReadonlyMap<ParticipantId, Named>;
  /** The agents with an open question here. */
  waiting: readonly AgentId[];
  /** The people whom a post in the thread does not reach: they have no account there, or follow it by mail. */
  byMail: readonly PersonId[];
  /** The cards in the thread that show what these agents do. */
  cards?: ReadonlyMap<AgentId, string>;
  /** The open tasks here that agents have, and those that people have taken from agents. */
  tasks: readonly Passing[];
}

export async function controlFacts(read: Reader, ctx: Ctx, conversation: ConversationDoc): Promise<ControlFacts> {
  const list = conversation.atWork ?? [];
  const people = [...new Set(list.flatMap(({ pauses = [], taken }) => [...pauses.map(({ by }) => by), taken?.by]))];
  const live = { where: { conversation: conversation.id, state: { in: LIVE } } } as const;
  const tasks = await passingIn(read, ctx, conversation.id);
  const holders = tasks.map(({ task }) => task.assignee);
  const [names, docs, open, runs] = await Promise.all([
    namesOfAll(read, [ctx.actor, ...list.map(({ agent }) => agent), ...conversation.agents, ...people, ...holders]),
    Promise.all(people.filter(isPerson).map((id) => read.get(PEOPLE, id))),
    openQuestions(read, conversation.questions),
    read.find(RUNS, live),
  ]);
  const { place } = conversation;
  const team = place.kind === 'slack' ? `slack:${place.team}:` : undefined;
  const follow = conversation.mail?.people ?? [];
  const away = docs.filter((one) => one && !(team && one.accounts.some((account) => account.startsWith(team))));
  const waiting = open.map(({ question }) => question.by).filter((by): by is AgentId => by.startsWith('agent:'));
  return {
    conversation,
    names,
    waiting,
    tasks,
    cards: new Map(runs.flatMap(({ agent, card }) => (card ? [[agent, card] as const] : []))),
    byMail: [...follow, ...away.flatMap((one) => (one ? [one.id as PersonId] : []))],
  };
}

/** The agents with an open task here. */
export function holdingIn({ tasks }: Pick<ControlFacts, 'tasks'>): AgentId[] {
  return [...new Set(tasks.flatMap(({ task: { assignee } }) => (isAgent(assignee) ? [assignee] : [])))];
}
