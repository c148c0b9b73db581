// One history of a run on the real code: up to three processes and zombies on one store, kills, and people who write, edit
// and delete while the run has effects in its own log, in the organisation's, and through a tool server.
import { gate, verdictOn } from '../../../../src/agents/gate/gate.ts';
import { conflicts } from '../../../../src/agents/gate/rules/conflicts.ts';
import { freshEars } from '../../../../src/agents/gate/rules/fresh-ears.ts';
import { RULES } from '../../../../src/agents/gate/rules.ts';
import type { ModelRequest } from '../../../../src/agents/model/model.ts';
import type { RunDeps } from '../../../../src/agents/runs/deps.ts';
import { makeRunner } from '../../../../src/agents/runs/runner.ts';
import type { TurnDoc } from '../../../../src/agents/sessions/session.ts';
import { Held, Locked, NotAllowed } from '../../../../src/errors.ts';
import { type Act, type ActRequest, makeAct } from '../../../../src/log/act.ts';
import type { Commit } from '../../../../src/log/commit.ts';
import type { PersonId } from '../../../../src/log/participant.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../../src/pods/conversations/conversation.ts';
import { type Gate, meaningWith } from '../../../../src/pods/decide.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import type { McpOutcome } from '../../../../src/tools/mcp/client.ts';
import { type Random, randomOf } from '../../../protocol/random.ts';
import { aServer } from '../../../tools/mcp-builders.ts';
import { anOffice, calls, type Office, type Process, reaching, says, USAGE } from '../../office.ts';
import { type Actor, makeScheduler } from './scheduler.ts';

/** A part of the rule that is switched off. */
export type Broken =
  | 'no rule'
  | 'looks, then acts'
  | 'no permit elsewhere'
  | 'ends unguarded'
  | 'no verdict asked'
  | 'works while closed';

export interface Played {
  seed: number;
  commits: Commit[];
  elsewhere: Commit[];
  turns: readonly TurnDoc[];
  conversation: ConversationDoc | undefined;
  /** The numbers of the permits under which the tool server was called. */
  sent: string[];
  /** The requests to the model: how far the turn had heard that is answered, and the number of the log at this moment. */
  asked: { heardUpTo: number; head: number }[];
}

const EFFECTS = 4;
/** The most steps of the others while the model thinks. */
const THINKING = 40;
/** The most steps before somebody writes, and before they take it back. */
const WRITING = 600;
const REGRETTING = 150;
const ANYTHING = { type: 'object', properties: {}, additionalProperties: true };
const TOOLS = ['create_task', 'update_agent', 'mcp:crm'];

/** Reads only the transcript, so that a retry decides the same. */
function nextTurn(seed: number): (request: ModelRequest) => Promise<never> {
  return async ({ messages }) => {
    const results = messages.flatMap((message) => resultsOf(message));
    const held = [...(results.at(-1)?.text.matchAll(/Held \((\d+\.\d+)\)/g) ?? [])].map(([, name = '']) => name);
    const done = results.filter(({ text, error }) => !error && !text.startsWith('Held')).length;
    const { below, chance } = randomOf(seed * 131 + messages.length);
    const effect = (n: number) => {
      const name = `Thing ${messages.length}.${n}`;
      const of = below(4);
      if (of < 2) return ['create_task', { title: name }] as const;
      if (of === 2) return ['update_agent', { agent: 'pilot', purpose: name }] as const;
      return ['use_tool', { tool: 'mcp:crm/add', input: { name } }] as const;
    };
    const due = [...textOf(messages.at(-1) ?? '').matchAll(/^due: (i\d+)/gm)].map(([, name = '']) => name);
    // A verdict that is missing twice would ask people, and nobody answers here.
    const waited = results.at(-1)?.text.includes('your verdict on') === true;
    const judges = due.length > 0 && (waited || chance(0.7));
    const verdicts = judges ? Object.fromEntries(due.map((name) => [name, VERDICTS[below(3)]])) : {};
    const line =
      messages.length > 60 || done >= EFFECTS
        ? says(`Done ${messages.length}.`)
        : judges || (held.length && chance(0.8))
          ? calls(['go_ahead', { calls: held, verdicts }])
          : calls(...Array.from({ length: 1 + below(2) }, (_, n) => effect(n)));
    return { content: '[]', stopReason: 'end_turn', usage: USAGE, ...line } as never;
  };
}

/** The last may name no other wish, and then is no verdict where several stand. */
const VERDICTS = ['fits', 'none', 'replaces'];

function textOf(message: string): string {
  const { content } = JSON.parse(message) as { content: { text?: string }[] };
  return Array.isArray(content) ? content.map(({ text = '' }) => text).join('\n') : '';
}

function resultsOf(message: string): { text: string; error: boolean }[] {
  const { content } = JSON.parse(message) as { content: unknown };
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: { type: string; content?: unknown; is_error?: boolean }) =>
    block.type === 'tool_result' ? [{ text: String(block.content), error: block.is_error === true }] : [],
  );
}

/** The gate without a rule. */
const without =
  (left: (typeof RULES)[number]): Gate =>
  async (read, call) => {
    const verdict = await verdictOn(
      read,
      call,
      RULES.filter((rule) => rule !== left),
    );
    if (verdict.kind === 'refuse') throw new NotAllowed(verdict.why);
    if (verdict.kind === 'held') throw new Held(verdict.word);
    if (verdict.kind === 'locked') throw new Locked(verdict);
  };

/** The gate of a process, with a rule switched off. */
function gateOf(broken: Broken | undefined): Gate {
  if (broken === 'no rule' || broken === 'looks, then acts') return without(freshEars);
  return broken === 'no verdict asked' ? without(conflicts) : gate;
}

/** The act of a process, with a part of the rule switched off. */
function actOf(office: Office, store: RunDeps['store'], broken: Broken | undefined): Act {
  const { fold, clock } = office.world;
  const deps = { ...fold, store, clock: () => clock.now };
  const act = makeAct({ ...meaningWith(gateOf(broken)), ...deps });
  const read = makeReader(store);
  const ahead: Gate = async (reader, call) => {
    const facts = await freshEars.load(reader, call);
    if (facts && freshEars.judge(facts)) throw new NotAllowed('Held (0.0)');
  };
  return async (request: ActRequest) => {
    if (broken === 'no permit elsewhere' && request.action === 'permit_act') return { result: {} } as never;
    if (broken === 'ends unguarded' && request.ears?.ends)
      return act({ ...request, ears: { ...request.ears, upTo: Number.MAX_SAFE_INTEGER } });
    if (broken === 'looks, then acts' && request.ears)
      await ahead(read, { definition: { effect: 'write' }, request } as never);
    return act(request);
  };
}

export async function play(seed: number, broken?: Broken): Promise<Played> {
  const random = randomOf(seed);
  const office = await anOffice();
  const { world, conversation } = office;
  await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
  const scheduler = makeScheduler(random);
  const sent: string[] = [];
  const asked: Played['asked'] = [];
  // With and without a store that writes all of an act at once.
  const whole = seed % 2 === 0;

  function process(actor: Actor): Process {
    const made = office.process({}, { step: stepsOf(actor), whole });
    const turn = async (request: ModelRequest) => {
      asked.push(await momentOf(office, request));
      await actor.step(random.below(THINKING));
      return nextTurn(seed)(request);
    };
    const mcp = {
      tools: async () => [{ name: 'add', description: 'Adds.', inputSchema: ANYTHING }] as never,
      call: async ({ input }: { input: unknown }): Promise<McpOutcome> => {
        await actor.step();
        sent.push(JSON.stringify(input));
        return { kind: 'answered', isError: false, text: 'Added.' };
      },
    };
    const servers = [aServer({ effect: 'write', trust: 'member' })];
    const { read } = made.deps;
    const parts = {
      ...{ model: { turn }, act: actOf(office, made.store, broken) },
      read: broken === 'works while closed' ? seeingOpen(read) : read,
    };
    const deps = reaching({ ...made.deps, ...parts }, servers, mcp);
    return { ...made, deps, runner: makeRunner(deps, { stopPollMs: 60_000 }) };
  }

  const begins = await office.says(world.ada, '@scribe please do three things');
  world.delivered.length = 0;
  const queue: Delivery[] = [...begins];
  const kills = Array.from({ length: random.below(3) }, () => 30 + random.below(500));
  let working: Actor[] = [];
  let busy = false;

  /** A kill between the last write and the end of the work is one more moment. */
  async function carry(wake: Delivery, actor: Actor): Promise<void> {
    await office.carry([wake], process(actor));
    await actor.step();
  }

  function carryNext(): void {
    queue.push(...world.delivered.splice(0).filter((one) => one.kind === 'wake' && one.agent === world.scribe));
    const [next] = queue;
    if (busy || !next) return;
    busy = true;
    const actor = scheduler.actor();
    working.push(actor);
    void scheduler
      .begin(() => carry(next, actor))
      .then((whole) => {
        busy = false;
        // The lane carries a delivery again whose process was killed.
        if (whole) queue.shift();
      });
  }

  const people = [world.ada, world.ben].map((who) => personAt({ office, scheduler, random, whole }, who));
  carryNext();
  for (const person of people) void scheduler.begin(person);
  // Whoever speaks last is who answers next, so that what people say after it wakes another agent, and is heard all the same.
  if (random.chance(0.6)) void scheduler.begin(colleagueAt({ office, scheduler, random, whole }));
  await scheduler.untilIdle((step) => {
    if (kills.includes(step)) {
      working.at(-1)?.kill();
      working = working.slice(0, -1);
    }
    // The lease was lost: a second process works on the same wake.
    const [next] = queue;
    if (busy && next && working.length < 3 && random.chance(0.002)) {
      const zombie = scheduler.actor();
      working.push(zombie);
      void scheduler.begin(() => carry(next, zombie));
    }
    carryNext();
  });
  return {
    seed,
    sent,
    asked,
    commits: await world.commits(),
    elsewhere: await world.commits('org'),
    turns: await office.turns(),
    conversation: await world.doc(CONVERSATIONS, conversation),
  };
}

async function momentOf(office: Office, { messages }: ModelRequest): Promise<Played['asked'][number]> {
  const [turns, commits] = await Promise.all([office.turns(), office.world.commits()]);
  const answered = turns.slice(0, messages.length).findLast(({ role }) => role === 'user');
  return { heardUpTo: answered?.heardUpTo ?? 0, head: commits.length };
}

/** To whoever reads here, each run is open. */
function seeingOpen(read: RunDeps['read']): RunDeps['read'] {
  return {
    ...read,
    async get(ref, id) {
      const doc = await read.get(ref, id);
      if (ref.name !== CONVERSATIONS.name || !doc) return doc;
      const { atWork } = doc as unknown as ConversationDoc;
      return { ...doc, atWork: atWork?.map((one) => ({ ...one, since: one.since ?? 1 })) };
    },
  };
}

interface Playing {
  office: Office;
  scheduler: ReturnType<typeof makeScheduler>;
  random: Random;
  whole: boolean;
}

/**
 * One step before each access of the store. Between an access and the next one only the actor's own memory changes, so a
 * step after each shows no more, and costs twice as much.
 */
const stepsOf = (actor: Actor) => async (what: string) => {
  if (what.startsWith('before')) await actor.step();
};

/** Somebody who writes one to three times while the run goes on, and takes some of it back. */
function personAt({ office, scheduler, random, whole }: Playing, who: PersonId): () => Promise<void> {
  const actor = scheduler.actor();
  const { store } = office.process({}, { step: stepsOf(actor), whole });
  const act = actOf(office, store, undefined);
  let n = 0;
  const does = (action: string, input: unknown) =>
    act<{ message: { id: string } }>({
      ...{ pod: office.world.pod, actor: who, via: 'web', action, input },
      key: `${who}:${++n}`,
    });
  return async () => {
    for (let words = 1 + random.below(3); words > 0; words--) {
      await actor.step(random.below(WRITING));
      const names = random.chance(0.3) ? '@scribe ' : '';
      const text = `${names}and ${n}`;
      const { result } = await does('post_message', { conversation: office.conversation, text });
      if (!random.chance(0.4)) continue;
      await actor.step(random.below(REGRETTING));
      const { id } = result.message;
      if (random.chance(0.5)) await does('edit_message', { message: id, text: `${text}, no` });
      else await does('redact', { what: id });
    }
  };
}

/** Another agent, which calls this one once while its run goes on. Its words hold nothing. */
function colleagueAt({ office, scheduler, random, whole }: Playing): () => Promise<void> {
  const actor = scheduler.actor();
  const { store } = office.process({}, { step: stepsOf(actor), whole });
  const act = actOf(office, store, undefined);
  const { pod, pilot } = office.world;
  return async () => {
    await actor.step(random.below(WRITING));
    const input = { conversation: office.conversation, text: '@scribe and the frame' };
    await act({ ...{ pod, actor: pilot, via: 'model', action: 'post_message', input }, key: 'pilot' });
  };
}
