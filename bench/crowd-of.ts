// Fills a pod with sessions and with parked runs in them, each with an open question and its timer: copies of real documents, in
// bulk, through the store's own writer.
import { type SessionDoc, sessionId } from '../src/agents/sessions/session.ts';
import type { AgentId } from '../src/log/participant.ts';
import { CONVERSATIONS } from '../src/pods/conversations/conversation.ts';
import { numberOf, QUESTIONS } from '../src/pods/questions/question.ts';
import type { RunDoc } from '../src/pods/runs/run.ts';
import type { Doc } from '../src/store/port.ts';
import type { BenchPod, Stage } from './stage.ts';

export interface Crowd {
  sessions: number;
  /** Parked runs. Each waits for a question of its own, which falls due in a year. */
  parked: number;
}

const AGENT: AgentId = 'agent:scribe';
const BATCH = 2000;
const YEAR_MS = 365 * 86_400_000;

/** The pod has one session already. */
export async function fillWith({ core, ada }: Stage, { pod }: BenchPod, { sessions, parked }: Crowd): Promise<void> {
  const [model] = await core.store.collection<SessionDoc>('sessions').find({ where: { pod }, limit: 1 });
  if (!model) throw new Error('The pod has no session.');
  const { conversation: id } = model;
  const asked = { to: ['ada'], question: 'The small boxes?' };
  const by = { pod, actor: AGENT, onBehalfOf: ada, via: 'model', conversation: id } as const;
  await core.act({ ...by, action: 'ask', input: asked, key: 'crowd:ask' });
  const [question] = await core.read.find(QUESTIONS, { where: { conversation: id, state: 'open' } });
  const conversation = await core.read.get(CONVERSATIONS, id);
  if (!question || !conversation) throw new Error('Nothing is asked.');
  await core.act({ ...by, action: 'wait_for', input: { questions: [numberOf(question)] }, key: 'crowd:wait' });
  const awaited = (await core.read.get(QUESTIONS, question.id)) ?? question;
  const place = (n: number) => `${id}-${n % sessions}`;
  const [asks, run] = [(n: number) => `${question.id}-${n}`, (n: number) => `${pod}:w${n}:0`];
  const copies = async (name: string, count: number, copy: (n: number) => object) => {
    for (let from = 0; from < count; from += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => from + n);
      await core.store.collection<Doc>(name).insert(numbers.map((n) => ({ ...copy(n), rev: 1 }) as Doc));
    }
  };
  await copies(CONVERSATIONS.name, sessions, (n) => ({
    ...{ ...conversation, id: place(n), placeKey: `${conversation.id}-${n}` },
  }));
  await copies('sessions', sessions, (n) => ({
    ...{ ...model, id: sessionId(AGENT, place(n)), conversation: place(n) },
    parked: { run: run(n), questions: [asks(n)] },
  }));
  const at = core.clock();
  const dueAt = at + YEAR_MS;
  await copies(QUESTIONS.name, parked, (n) => ({
    ...{
      ...awaited,
      id: asks(n),
      number: awaited.number + 1 + n,
      conversation: place(n),
      dueAt: dueAt + n,
      at: at - n,
    },
  }));
  await copies('runs', parked, (n) => {
    const doc: RunDoc = {
      ...{ id: run(n), rev: 1, pod, seq: 1, agent: AGENT, at: at - n, turns: 2, tokens: 900, cached: 0, steps: [] },
      ...{ conversation: place(n), root: place(n), state: 'waiting' },
      waits: { for: 'questions', questions: [`q${awaited.number + 1 + n}`] },
    };
    return doc;
  });
}
