// Pauses agents, lets them go on, takes their work over or hands it back: what changes, who hears of it, and why not. Pure.
import { Conflict, NotAllowed } from '../../../errors.ts';
import type { AgentId, ParticipantId, PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationChange } from '../../conversations/conversation.ts';
import { atWorkIn } from '../../conversations/words/at-work.ts';
import type { Control } from '../../conversations/words/control-words.ts';
import { openPauses, withheldIn } from '../../conversations/words/withheld.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { atLeast } from '../../members/rights.ts';
import { called } from '../../people/directory.ts';
import { heldBy, passTasks, takenFrom } from '../../tasks/giving/pass-task.ts';
import type { ControlFacts } from './facts.ts';
import { type Line, type LineInput, lineOf, listOf } from './line.ts';

export interface Controlled {
  changes: Change[];
  deliveries: DeliveryWish[];
  /** The people for whom the agents still wait. */
  still: PersonId[];
}

/** @throws Conflict or NotAllowed: it can't be done, and the sentence says who may. */
export function controlled(ctx: Ctx, facts: ControlFacts, control: Control): Controlled {
  switch (control.kind) {
    case 'pause':
      return pause(ctx, facts, control.agents);
    case 'resume':
      return resume(ctx, facts, control.agents);
    case 'take_over':
      return takeOver(ctx, facts, control.agents);
    case 'hand_back':
      return handBack(ctx, facts, control.agents);
    default:
      control.kind satisfies never;
      throw new Conflict('Skein does not know this.');
  }
}

function pause(ctx: Ctx, facts: ControlFacts, agents: readonly AgentId[]): Controlled {
  const { names } = facts;
  const free = agents.filter((agent) => !pausersOf(facts, agent).includes(ctx.actor as PersonId));
  const who = namesOf(facts, agents);
  if (!free.length) throw new Conflict(`You have paused ${who} already. Write “go on” when it may go on.`);
  const others = peopleOf(facts, free);
  const own = namesOf(facts, free);
  const me = called(names, ctx.actor).name;
  const text = others.length
    ? `${me} paused ${own} too. ${listOf([...others.map((one) => called(names, one).name), me])} have to let ${it(free)} go on.`
    : `${me} paused ${own}. What you write here is kept, and heard when ${they(free)} on. To let ${it(free)} go on, write “go on”.`;
  return changed(ctx, facts, { text, agents: free }, 'run_paused', { still: [...others, ctx.actor as PersonId] });
}

function resume(ctx: Ctx, facts: ControlFacts, agents: readonly AgentId[]): Controlled {
  const { names } = facts;
  const paused = agents.filter((agent) => pausersOf(facts, agent).length);
  const who = namesOf(facts, agents);
  if (!paused.length) throw new Conflict(`${who} ${are(agents)} not paused here.`);
  const me = called(names, ctx.actor).name;
  const mine = paused.filter((agent) => pausersOf(facts, agent).includes(ctx.actor as PersonId));
  if (!mine.length && !atLeast(ctx.role, 'owner'))
    throw new NotAllowed(
      `${listOf(peopleOf(facts, paused).map((one) => called(names, one).name))} paused ${who}. Only they, or an owner of the pod, can let ${it(agents)} go on.`,
    );
  // An owner who has paused it too lifts that first. Another “go on” then overrides the others.
  const concerned = mine.length ? mine : paused;
  const still = mine.length ? peopleOf(facts, mine).filter((one) => one !== ctx.actor) : [];
  const own = namesOf(facts, concerned);
  if (still.length) {
    const left = listOf(still.map((one) => called(names, one).name));
    const text = `${me} lets ${own} go on, but ${left} ${still.length > 1 ? 'have' : 'has'} paused ${it(concerned)} too, so ${they(concerned, 'stay')} paused.`;
    return changed(ctx, facts, { text, agents: concerned }, 'run_resumed', { still });
  }
  const told = everPaused(facts, concerned).filter((one) => one !== ctx.actor);
  const text = `${me} let ${own} go on.${told.length ? ` ${listOf(told.map((one) => `@${called(names, one).handle}`))}: you had paused ${it(concerned)}.` : ''}`;
  const all = mine.length ? {} : { all: true as const };
  return changed(ctx, facts, { text, agents: concerned, told }, 'run_resumed', { ...all, wakes: true });
}

function takeOver(ctx: Ctx, facts: ControlFacts, agents: readonly AgentId[]): Controlled {
  const { names } = facts;
  if (!atLeast(ctx.role, 'member')) throw new NotAllowed('Only members of the pod can take work over from an agent.');
  const free = agents.filter((agent) => takerOf(facts, agent) === undefined);
  const [first] = agents;
  const taker = first && takerOf(facts, first);
  if (!free.length && taker)
    throw new Conflict(
      taker === ctx.actor
        ? `You have taken this over from ${namesOf(facts, agents)} already. Write “over to you again” to hand it back.`
        : `${called(names, taker).name} has taken this over from ${namesOf(facts, agents)} already.`,
    );
  const own = namesOf(facts, free);
  const me = called(names, ctx.actor).name;
  const passing = free.filter((agent) => !isAtWork(facts, agent)).flatMap((agent) => heldBy(facts.tasks, agent));
  const passed = passTasks(ctx, passing, { id: ctx.actor, name: me });
  const numbers = listOf(passing.map(({ task }) => `#${task.number}`));
  const has = passing.length ? `has ${numbers} now. ${own}` : `has taken this over from ${own}, which`;
  const text = `${me} ${has} ${does(free)} nothing here until it is handed back: write “over to you again”, and what is to be done. ${own} will see what has changed.`;
  return withMore(changed(ctx, facts, { text, agents: free }, 'work_taken'), passed);
}

/** The message that hands the work back wakes the agent, and says so itself. */
function handBack(ctx: Ctx, facts: ControlFacts, agents: readonly AgentId[]): Controlled {
  const { names, conversation } = facts;
  const taken = agents.filter((agent) => takerOf(facts, agent) !== undefined);
  const takers = [...new Set(taken.flatMap((agent) => takerOf(facts, agent) ?? []))];
  if (!taken.length) throw new Conflict(`Nobody has taken this over from ${namesOf(facts, agents)}.`);
  const others = takers.filter((one) => one !== ctx.actor);
  if (others.length && !atLeast(ctx.role, 'owner'))
    throw new NotAllowed(
      `${listOf(others.map((one) => called(names, one).name))} has taken this over from ${namesOf(facts, taken)}. Only they, or an owner of the pod, can hand it back.`,
    );
  const still = peopleOf(facts, taken);
  const own = namesOf(facts, taken);
  const text = [
    others.length &&
      `${listOf(others.map((one) => `@${called(names, one).handle}`))}: ${called(names, ctx.actor).name} handed this back to ${own}.`,
    still.length && `${own} ${are(taken)} still paused by ${listOf(still.map((one) => called(names, one).name))}.`,
  ]
    .filter(Boolean)
    .join(' ');
  const passed = taken.map((agent) => {
    const taker = takerOf(facts, agent);
    return passTasks(ctx, taker ? takenFrom(facts.tasks, agent, taker) : [], {
      id: agent,
      name: called(names, agent).name,
    });
  });
  const more = { changes: passed.flatMap((one) => one.changes), deliveries: passed.flatMap((one) => one.deliveries) };
  if (text)
    return withMore(changed(ctx, facts, { text, agents: taken, told: others }, 'work_handed_back', { still }), more);
  const lines = (conversation.atWork ?? []).flatMap(({ agent, line }) => (line && taken.includes(agent) ? [line] : []));
  return {
    changes: [
      ...taken.map(
        (agent): Change => ({ v: 1, on: 'conversations', id: conversation.id, type: 'work_handed_back', agent }),
      ),
      ...more.changes,
    ],
    deliveries: [
      ...[...new Set(lines)].map(
        (message): DeliveryWish => ({ kind: 'update', conversation: conversation.id, message }),
      ),
      ...more.deliveries,
    ],
    still: [],
  };
}

/** True if a run of the agent is open here, or waits: its work is taken over, and its task stays its own. */
function isAtWork({ conversation, waiting }: ControlFacts, agent: AgentId): boolean {
  return (
    atWorkIn(conversation.atWork, agent) !== undefined ||
    waiting.includes(agent) ||
    withheldIn(conversation.atWork, agent) !== undefined
  );
}

function withMore(one: Controlled, more: Pick<Controlled, 'changes' | 'deliveries'>): Controlled {
  return {
    ...one,
    changes: [...one.changes, ...more.changes],
    deliveries: [...one.deliveries, ...more.deliveries],
  };
}

type Type = Extract<ConversationChange['type'], 'run_paused' | 'run_resumed' | 'work_taken' | 'work_handed_back'>;

function changed(
  ctx: Ctx,
  facts: ControlFacts,
  said: LineInput,
  type: Type,
  { all, wakes, still = [] }: { all?: true; wakes?: true; still?: PersonId[] } = {},
): Controlled {
  const { conversation } = facts;
  const cards = said.agents.flatMap((agent) => facts.cards?.get(agent) ?? []);
  const line = cardLine(ctx, facts, said, cards) ?? lineOf(ctx, facts, said);
  const changes = said.agents.map((agent): Change => {
    const on = { v: 1, on: 'conversations', id: conversation.id, agent, line: line.id } as const;
    return type === 'run_resumed' ? { ...on, type, ...(all ? { all } : {}) } : { ...on, type };
  });
  // A run that waits for an answer goes on with the answer.
  const woken = wakes ? said.agents.filter((agent) => atWorkIn(conversation.atWork, agent)) : [];
  return {
    changes: [...line.changes, ...changes],
    deliveries: [
      ...line.deliveries,
      ...woken.map((agent): DeliveryWish => ({ kind: 'wake', agent, conversation: conversation.id, because: line.id })),
    ],
    still,
  };
}

/**
 * Where each of them has a card, that shows it, and no further message says so. Undefined: a message has to, because it names
 * somebody whom it concerns, or goes out by mail.
 */
function cardLine(
  { origin }: Ctx,
  { conversation }: ControlFacts,
  { agents, told = [] }: LineInput,
  cards: readonly string[],
): Line | undefined {
  const [id] = cards;
  if (id === undefined || agents.length > 1 || told.length || origin?.kind === 'email') return undefined;
  return { id, changes: [], deliveries: [{ kind: 'update', conversation: conversation.id, message: id }] };
}

function pausersOf({ conversation }: ControlFacts, agent: AgentId): PersonId[] {
  return openPauses(conversation.atWork?.find((one) => one.agent === agent)?.pauses).map(({ by }) => by);
}

function peopleOf(facts: ControlFacts, agents: readonly AgentId[]): PersonId[] {
  return [...new Set(agents.flatMap((agent) => pausersOf(facts, agent)))];
}

/** Also those who have let it go on since: they hear that it does. */
function everPaused({ conversation }: ControlFacts, agents: readonly AgentId[]): PersonId[] {
  const all = (conversation.atWork ?? []).filter(({ agent }) => agents.includes(agent));
  return [...new Set(all.flatMap(({ pauses = [] }) => pauses.map(({ by }) => by)))];
}

function takerOf({ conversation }: ControlFacts, agent: AgentId): PersonId | undefined {
  const withheld = withheldIn(conversation.atWork, agent);
  return withheld?.how === 'taken' ? withheld.by[0] : undefined;
}

function namesOf({ names }: ControlFacts, agents: readonly ParticipantId[]): string {
  return listOf(agents.map((agent) => called(names, agent).name));
}

const it = (agents: readonly AgentId[]) => (agents.length > 1 ? 'them' : 'it');
const are = (agents: readonly AgentId[]) => (agents.length > 1 ? 'are' : 'is');
const does = (agents: readonly AgentId[]) => (agents.length > 1 ? 'do' : 'does');
const they = (agents: readonly AgentId[], verb: 'go' | 'stay' = 'go') =>
  agents.length > 1 ? `they ${verb}` : `it ${verb === 'go' ? 'goes' : 'stays'}`;
