// Fills a pod with what waits: inserts copies of a real parked run, or of a real open item, in bulk.
import { runsIn } from '../src/agents/runs/record.ts';
import { type SessionDoc, sessionId } from '../src/agents/sessions/session.ts';
import type { AgentId, PersonId } from '../src/log/participant.ts';
import { CONVERSATIONS } from '../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../src/pods/conversations/message.ts';
import { NEEDS, needId } from '../src/pods/needs/need.ts';
import { numberOf, QUESTIONS } from '../src/pods/questions/question.ts';
import type { RunDoc } from '../src/pods/runs/run.ts';
import { HEARINGS, type HearingDoc, hearingId } from '../src/pods/telling/hearing.ts';
import type { Doc } from '../src/store/port.ts';
import type { BenchPod, Stage } from './stage.ts';

const AGENT: AgentId = 'agent:scribe';
const BATCH = 2000;
const YEAR_MS = 365 * 86_400_000;

/** Parks so many runs, each in a conversation of its own. The pod has one session already. */
export async function park(stage: Stage, { pod }: BenchPod, count: number): Promise<void> {
  const { core } = stage;
  const [model] = await core.store.collection<SessionDoc>('sessions').find({ where: { pod }, limit: 1 });
  if (!model) throw new Error('The pod has no session.');
  const id = model.conversation;
  const asked = { to: ['ada'], question: 'The small boxes?' };
  await asScribe(stage, pod, 'ask', asked, id);
  const [question] = await core.read.find(QUESTIONS, { where: { conversation: id, state: 'open' } });
  if (!question) throw new Error('Nothing is asked.');
  await asScribe(stage, pod, 'wait_for', { questions: [numberOf(question)] }, id);
  const [conversation, message, awaited] = await Promise.all([
    core.read.get(CONVERSATIONS, id),
    core.read.get(MESSAGES, question.message),
    core.read.get(QUESTIONS, question.id),
  ]);
  if (!conversation || !message || !awaited) throw new Error('The parked run is not whole.');
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  const named = (n: number) => ({ conversation: `${id}-${n}`, question: `${awaited.id}-${n}`, run: `${pod}:w${n}:0` });
  await insert(stage, CONVERSATIONS.name, numbers, (n) => ({
    ...{ ...conversation, placeKey: `${conversation.id}-${n}` },
    id: named(n).conversation,
  }));
  await insert(stage, MESSAGES.name, numbers, (n) => ({
    ...message,
    id: `${message.id}-${n}`,
    conversation: named(n).conversation,
  }));
  await insert(stage, QUESTIONS.name, numbers, (n) => ({
    ...{ ...awaited, number: awaited.number + n, message: `${message.id}-${n}` },
    // The looks of the bench take the clock days ahead; none of the questions falls due meanwhile.
    dueAt: core.clock() + YEAR_MS,
    id: named(n).question,
    conversation: named(n).conversation,
  }));
  await insert(stage, 'sessions', numbers, (n) => ({
    ...{ ...model, id: sessionId(AGENT, named(n).conversation), conversation: named(n).conversation },
    parked: { run: named(n).run, questions: [named(n).question] },
  }));
  const at = core.clock();
  const run = (n: number): RunDoc => ({
    ...{ id: named(n).run, rev: 1, pod, seq: 1, agent: AGENT, at, turns: 2, tokens: 900, cached: 0, steps: [] },
    ...{ conversation: named(n).conversation, root: named(n).conversation, state: 'waiting' },
    waits: { for: 'questions', questions: [`q${awaited.number + n}`] },
  });
  await insert(stage, 'runs', numbers, run);
  const waiting = await runsIn(core.store).find({ where: { pod, state: 'waiting' } });
  if (waiting.length !== count) throw new Error(`${waiting.length} runs are parked.`);
}

/** Opens so many items about tasks, of 500 people, who wait in their own logs to be told. */
export async function raise(stage: Stage, { pod }: BenchPod, count: number): Promise<void> {
  const { core, ada } = stage;
  const input = { title: 'Order boxes', assignee: 'ada' };
  const { commit } = await core.act({ pod, actor: 'skein', via: 'skein', action: 'create_task', input, key: 'one' });
  const opened = commit?.changes.find(({ on }) => on === 'needs');
  const item = opened && (await core.read.get(NEEDS, opened.id));
  if (!item) throw new Error('No item was opened.');
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  const whose = (n: number): PersonId => (n % 500 === 0 ? (ada as PersonId) : `person:other${n % 500}`);
  const subject = (n: number) => ({ on: 'tasks', id: `${item.about.id}-${n}` });
  const need = (n: number) => needId(pod, whose(n), subject(n));
  await insert(stage, NEEDS.name, numbers, (n) => ({ ...item, id: need(n), who: whose(n), about: subject(n) }));
  const { round, reason, at } = item;
  await insert(
    stage,
    HEARINGS.name,
    numbers,
    (n): HearingDoc => ({
      ...{ id: hearingId(whose(n), need(n)), rev: 1, seq: n, pod: whose(n), need: need(n), of: pod },
      ...{ round, reason, at, state: 'waiting' },
    }),
  );
}

async function asScribe(stage: Stage, pod: string, action: string, input: object, conversation: string): Promise<void> {
  const key = `crowd:${action}`;
  await stage.core.act({ pod, actor: AGENT, onBehalfOf: stage.ada, via: 'model', action, input, conversation, key });
}

async function insert(
  { core }: Stage,
  name: string,
  numbers: readonly number[],
  copy: (n: number) => Doc,
): Promise<void> {
  const docs = numbers.map((n) => ({ ...copy(n), rev: 1 }));
  for (let from = 0; from < docs.length; from += BATCH)
    await core.store.collection<Doc>(name).insert(docs.slice(from, from + BATCH));
}
