// Adds to a decision which agents it sets to work, for which agents at work it is a word, and whether it ends a run.
import type { Reader } from '../../log/action.ts';
import type { Ears } from '../../log/ears.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import type { Ctx, Decision } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { atWorkIn, idle, unheard } from '../conversations/words/at-work.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { type Change, KINDS } from '../kinds.ts';

/** `ears`: set if the act comes from a run. */
export async function withRuns<R>(
  read: Reader,
  decision: Decision<R>,
  ctx: Ctx,
  ears: Ears | undefined,
): Promise<Decision<R>> {
  const changes = [
    ...(await words(read, decision, ctx)),
    ...(await openings(read, decision, ctx)),
    ...(await endings(read, ctx, ears)),
  ];
  return changes.length ? { ...decision, changes: [...decision.changes, ...changes] } : decision;
}

/** A message's own words are counted where it is added to its conversation (conversations/conversation.ts). */
async function words(read: Reader, { changes }: Decision<unknown>, ctx: Ctx): Promise<Change[]> {
  const said = new Map<string, { agents: AgentId[]; did: string }>();
  for (const change of changes) {
    const kind = KINDS.get(change.on);
    if (!kind?.word || ctx.isNew(change.id)) continue;
    const before = await read.get(kind.ref, change.id);
    const word = before && kind.word(change, before);
    if (!word || said.has(word.conversation) || !(isPerson(ctx.actor) || word.whoever)) continue;
    const agents = await hearing(read, word.conversation, ctx.actor);
    if (agents.length) said.set(word.conversation, { agents, did: word.did });
  }
  return [...said].map(([id, word]) => ({ v: 1, on: 'conversations', id, type: 'word_said', ...word }));
}

async function hearing(read: Reader, conversation: string, actor: ParticipantId): Promise<AgentId[]> {
  const doc = await read.get(CONVERSATIONS, conversation);
  return (doc?.atWork ?? []).flatMap(({ agent, since }) => (since === undefined || agent === actor ? [] : [agent]));
}

async function openings(read: Reader, { deliveries = [] }: Decision<unknown>, ctx: Ctx): Promise<Change[]> {
  const woken = new Map<string, AgentId[]>();
  for (const { conversation, agent } of deliveries.filter(isWake))
    woken.set(conversation, [...(woken.get(conversation) ?? []), agent]);
  const opened: Change[] = [];
  for (const [id, agents] of woken) {
    const doc = ctx.isNew(id) ? undefined : await read.get(CONVERSATIONS, id);
    const fresh = idle(doc?.atWork, [...new Set(agents)]);
    if (fresh.length) opened.push({ v: 1, on: 'conversations', id, type: 'run_opened', agents: fresh });
  }
  return opened;
}

function isWake(wish: DeliveryWish): wish is Extract<DeliveryWish, { kind: 'wake' }> {
  return wish.kind === 'wake';
}

async function endings(read: Reader, { actor }: Ctx, ears: Ears | undefined): Promise<Change[]> {
  if (!ears?.ends || !isAgent(actor)) return [];
  const at = atWorkIn(await atWork(read, ears), actor);
  if (!at || unheard(at, ears) !== undefined) return [];
  return [{ v: 1, on: 'conversations', id: ears.conversation, type: 'run_ended', agent: actor }];
}

async function atWork(read: Reader, { conversation }: Ears): Promise<ConversationDoc['atWork']> {
  return (await read.get(CONVERSATIONS, conversation))?.atWork;
}
