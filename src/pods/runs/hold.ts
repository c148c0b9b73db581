// Adds to a decision which agents it sets to work, for which agents at work it is a word, and whether it ends a run.
import type { Reader } from '../../log/action.ts';
import type { Ears } from '../../log/ears.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId } from '../../log/participant.ts';
import type { Ctx, Decision } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { atWorkIn, hearersOf, idle, unheard } from '../conversations/words/at-work.ts';
import { withheldIn } from '../conversations/words/withheld.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { type Change, KINDS } from '../kinds.ts';
import { QUESTIONS } from '../questions/question.ts';

/** `ears`: set if the act comes from a run. */
export async function withRuns<R>(
  read: Reader,
  decision: Decision<R>,
  ctx: Ctx,
  ears: Ears | undefined,
): Promise<Decision<R>> {
  const wished = await wishes(read, decision, ctx);
  const changes = [
    ...(await words(read, decision, ctx)),
    ...wished.changes,
    ...(await openings(read, decision, ctx)),
    ...(await endings(read, decision, ctx, ears)),
  ];
  if (!changes.length) return decision;
  const deliveries = [...(decision.deliveries ?? []), ...wished.deliveries];
  return { ...decision, changes: [...decision.changes, ...changes], ...(deliveries.length ? { deliveries } : {}) };
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

/** A person's message is an instruction for the agents at work that have to hear it. */
async function wishes(
  read: Reader,
  { changes }: Decision<unknown>,
  ctx: Ctx,
): Promise<{ changes: Change[]; deliveries: DeliveryWish[] }> {
  const given: Change[] = [];
  const deliveries: DeliveryWish[] = [];
  if (!isPerson(ctx.actor) || changes.some(({ type }) => type === 'question_answered'))
    return { changes: given, deliveries };
  for (const change of changes) {
    if (change.type !== 'message_added' || change.stops || change.aside || change.thanks || ctx.isNew(change.id))
      continue;
    const posted = changes.find((one) => isWish(one) && one.conversation === change.id);
    const doc = posted && (await read.get(CONVERSATIONS, change.id));
    const agents = hearersOf(doc?.atWork, change);
    if (!posted || !doc || !agents.length) continue;
    given.push({ v: 1, on: 'conversations', id: change.id, type: 'instruction_given', message: posted.id, agents });
    deliveries.push(...(await cardsOf(read, doc, agents)));
  }
  return { changes: given, deliveries };
}

/** The cards of these agents that are paused, or whose work a person has: they show how much waits. */
async function cardsOf(read: Reader, doc: ConversationDoc, agents: readonly AgentId[]): Promise<DeliveryWish[]> {
  const lines = (doc.atWork ?? []).flatMap(({ agent, line }) =>
    line && agents.includes(agent) && withheldIn(doc.atWork, agent) ? [line] : [],
  );
  const shown = await Promise.all([...new Set(lines)].map((line) => read.get(MESSAGES, line)));
  return shown.flatMap((message) =>
    message?.card ? [{ kind: 'update', conversation: doc.id, message: message.id }] : [],
  );
}

async function hearing(read: Reader, conversation: string, actor: ParticipantId): Promise<AgentId[]> {
  const doc = await read.get(CONVERSATIONS, conversation);
  return (doc?.atWork ?? []).flatMap(({ agent, since, ended }) =>
    (since ?? ended) === undefined || agent === actor ? [] : [agent],
  );
}

async function openings(read: Reader, decision: Decision<unknown>, ctx: Ctx): Promise<Change[]> {
  const woken = new Map<string, AgentId[]>();
  const wakes = (decision.deliveries ?? []).filter(isWake);
  for (const { conversation, agent } of wakes) woken.set(conversation, [...(woken.get(conversation) ?? []), agent]);
  const opened: Change[] = [];
  for (const [id, agents] of woken) {
    const doc = ctx.isNew(id) ? undefined : await read.get(CONVERSATIONS, id);
    const fresh = idle(doc?.atWork, [...new Set(agents)]);
    if (!fresh.length) continue;
    const wish = wishIn(decision, ctx, wakes.find(({ conversation }) => conversation === id)?.because);
    opened.push({ v: 1, on: 'conversations', id, type: 'run_opened', agents: fresh, ...(wish ? { wish } : {}) });
  }
  return opened;
}

/** A message that only pauses an agent, or lets it go on, asks nothing of it. */
function isWish(change: Change): change is Extract<Change, { type: 'message_posted' }> {
  return change.type === 'message_posted' && !change.steers;
}

/** Returns the message with which a person sets agents to work. An answer to a question is none: the agent has asked for it. */
function wishIn({ changes }: Decision<unknown>, { actor }: Ctx, because: string | undefined): string | undefined {
  if (!isPerson(actor) || changes.some(({ type }) => type === 'question_answered')) return undefined;
  return changes.find((one) => one.id === because && (isWish(one) || one.type === 'message_edited'))?.id;
}

function isWake(wish: DeliveryWish): wish is Extract<DeliveryWish, { kind: 'wake' }> {
  return wish.kind === 'wake' && !wish.ends;
}

async function endings(
  read: Reader,
  { changes }: Decision<unknown>,
  { actor }: Ctx,
  ears: Ears | undefined,
): Promise<Change[]> {
  if (!ears?.ends || !isAgent(actor)) return [];
  const at = atWorkIn(await atWork(read, ears), actor);
  if (!at) return [];
  const { conversation: id, upTo } = ears;
  if (unheard(at, ears) !== undefined)
    return at.instructions?.length
      ? [{ v: 1, on: 'conversations', id, type: 'words_answered', agent: actor, upTo }]
      : [];
  // An answer is for all that it has heard, so nothing of that is left to go on with.
  const isAnswer = changes.some(({ type }) => type === 'message_posted');
  const waits = at.instructions?.length && !isAnswer ? await isAwaited(read, id, actor) : false;
  return [{ v: 1, on: 'conversations', id, type: 'run_ended', agent: actor, ...(waits ? { waits } : {}) }];
}

/** True if the agent has an open question here for which its run parks. */
async function isAwaited(read: Reader, conversation: string, agent: AgentId): Promise<boolean> {
  const { questions = [] } = (await read.get(CONVERSATIONS, conversation)) ?? {};
  const open = await Promise.all(questions.map((id) => read.get(QUESTIONS, id)));
  return open.some((one) => one?.state === 'open' && one.by === agent && one.awaited === true);
}

async function atWork(read: Reader, { conversation }: Ears): Promise<ConversationDoc['atWork']> {
  return (await read.get(CONVERSATIONS, conversation))?.atWork;
}
