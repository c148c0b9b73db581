// Which agents of a conversation an action is for: the one named, or all to which it can be done.
import { InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { type AgentId, isAgent, isPerson } from '../../../log/participant.ts';
import type { ActorRole, Ctx } from '../../action.ts';
import { type ControlKind, isPossible } from '../../conversations/words/control-words.ts';
import { withheldIn } from '../../conversations/words/withheld.ts';
import { atLeast } from '../../members/rights.ts';
import { called, memberNamed, namesOfAll } from '../../people/directory.ts';
import { conversationNamed } from '../../require.ts';
import { type ControlFacts, controlFacts, holdingIn } from './facts.ts';

export interface NamedControl {
  facts: ControlFacts;
  agents: AgentId[];
}

/** @throws InvalidInput with what is not so: nobody here is at work, or paused. */
export async function controlNamed(
  read: Reader,
  ctx: Ctx,
  kind: ControlKind,
  { conversation, agent }: { conversation: string; agent?: string | undefined },
): Promise<NamedControl> {
  const doc = await conversationNamed(read, ctx.pod, conversation);
  const facts = await controlFacts(read, ctx, doc);
  const named = agent ? (await memberNamed(read, ctx.pod, agent)).id : undefined;
  const holding = holdingIn(facts);
  const among = named ? [named].filter(isAgent) : [...new Set([...doc.agents, ...holding])];
  const agents = among.filter((one) => isPossible(kind, one, { atWork: doc.atWork, waiting: facts.waiting, holding }));
  if (agents.length) return { facts, agents };
  const who = agent ? called(await namesOfAll(read, among), among[0] ?? 'skein').name : 'No agent';
  const over = among.some((one) => withheldIn(doc.atWork, one)?.how === 'taken');
  throw new InvalidInput(over && kind !== 'hand_back' ? TAKEN : `${who} is${agent ? ' not' : ''} ${WHAT[kind]}.`);
}

const TAKEN = 'A person has taken this work over, so no agent does anything here until they hand it back.';

/** Follows “Scribe is not” and “No agent is”. */
const WHAT: Readonly<Record<ControlKind, string>> = {
  pause: 'at work in this conversation',
  resume: 'paused in this conversation',
  take_over: 'at work in this conversation',
  hand_back: 'without its work in this conversation',
};

/** Only people pause and take over, because the agent then waits for them. */
export function onlyPeople(least: ActorRole) {
  return (_view: unknown, _input: unknown, { actor, role }: Ctx): true | string => {
    if (!isPerson(actor)) return 'Only people pause an agent or take its work over, because it then waits for them.';
    return atLeast(role, least) || 'Only members of this pod can do this. Ask one of its owners.';
  };
}
