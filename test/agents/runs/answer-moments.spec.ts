// An answer at any moment of a run, with kills in between: it is heard once, and wakes only the run that waits for it.
// SKEIN_ANSWERS: how many histories; SKEIN_SEED: the seed of the first.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { makeReader } from '../../../src/log/read.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { RUNS } from '../../../src/pods/runs/run.ts';
import { randomOf } from '../../protocol/random.ts';
import { anOffice, calls, type Office, says, USAGE } from '../office.ts';

const HISTORIES = Number(process.env.SKEIN_ANSWERS ?? 30);
const SEED = Number(process.env.SKEIN_SEED ?? 1);
/** A run takes about this many steps of the store. */
const STEPS = 400;

/** Asks, does something else, waits, and answers once it has heard: decided from the transcript alone, as in a retry. */
async function turn({ messages }: ModelRequest) {
  const text = messages.join('\n');
  const line = text.includes('Zanzibar')
    ? says('I have heard it.')
    : !text.includes('Which island?')
      ? calls(['ask', { to: ['ben'], question: 'Which island?' }])
      : text.includes('create_task')
        ? calls(['wait_for', { questions: ['q2'] }])
        : calls(['create_task', { title: 'Boxes' }]);
  return { content: '[]', stopReason: 'end_turn' as const, usage: USAGE, ...line };
}

interface Ended {
  office: Office;
  /** The moment at which the answer was given, in steps. Undefined: after the run had parked. */
  at: number | undefined;
}

async function play(seed: number): Promise<Ended> {
  const { below: draw } = randomOf(seed);
  const office = await anOffice();
  const { world } = office;
  const { ada, ben } = world;
  for (const agent of ['scribe', 'pilot'])
    await world.does(ada, 'update_agent', { agent, tools: ['ask', 'wait_for', 'create_task'] });
  office.script.push(
    calls(['ask', { to: ['gil'], question: 'Which day?' }]),
    calls(['wait_for', { questions: ['q1'] }]),
  );
  await office.hears(ada, '@pilot plan the day');
  const inWords = draw(2) === 0;
  const answers = async (): Promise<boolean> => {
    const [open] = await makeReader(world.store).find(QUESTIONS, { where: { pod: world.pod, number: 2 } });
    if (!open) return false;
    if (inWords) await world.does(ben, 'post_message', { conversation: office.conversation, text: '@scribe Zanzibar' });
    else await world.does(ben, 'answer_question', { question: 'q2', text: 'Zanzibar' });
    return true;
  };
  const wakesOf = (all: readonly Delivery[]) => all.filter(({ kind }) => kind === 'wake');
  const begins = await office.says(ada, '@scribe plan the trip');
  world.delivered.length = 0;
  const queue = [...begins];
  const kills = Array.from({ length: draw(4) }, () => 1 + draw(STEPS / 2));
  let at: number | undefined = draw(STEPS);
  let [step, given] = [0, false];
  for (let rounds = 0; queue.length; rounds++) {
    if (rounds > 40) throw new Error(`seed ${seed}: the run does not end.`);
    let left = kills.pop() ?? Number.POSITIVE_INFINITY;
    const process = office.process(
      { model: { turn } },
      {
        step: async () => {
          if (--left <= 0) throw new Error('killed');
          if (!given && ++step >= (at ?? 0)) {
            given = true;
            given = await answers();
          }
        },
      },
    );
    const [next] = queue;
    const done = await office.carry([next as Delivery], process).then(
      () => true,
      (error: Error) => {
        if (!error.message.includes('killed')) throw error;
        return false;
      },
    );
    // The lane of a session carries one delivery after the other, and a killed one again.
    if (done) queue.shift();
    queue.push(...wakesOf(world.delivered.splice(0)));
    if (!queue.length && !given) {
      at = undefined;
      given = await answers();
      queue.push(...wakesOf(world.delivered.splice(0)));
    }
  }
  expect(given, `seed ${seed}: the question was asked`).to.equal(true);
  return { office, at };
}

async function faultsOf({ office }: Ended): Promise<string[]> {
  const { world } = office;
  const [question] = await makeReader(world.store).find(QUESTIONS, { where: { pod: world.pod, number: 2 } });
  const turns = (await office.turns()).map(({ content }) => content).join('\n');
  const times = turns.split('<answer from=').length - 1;
  const results = turns.split('\\"settled\\":[').length - 1;
  const said = (await office.thread()).filter((one) => one === 'Scribe: I have heard it.').length;
  const runs = await world.store.collection<{ id: string; rev: number; agent: string; state: string }>(RUNS.name).find({
    where: {},
  });
  const scribes = runs.filter(({ agent }) => agent === world.scribe).map(({ state }) => state);
  const pilots = runs.filter(({ agent }) => agent === world.pilot).map(({ state }) => state);
  return [
    question?.state !== 'answered' && `q2 is ${question?.state}`,
    question?.answers.length !== 1 && `q2 has ${question?.answers.length} answers`,
    times !== 1 && `the answer is told ${times} times`,
    results > 1 && `wait_for gave it ${results} times`,
    said !== 1 && `it was said ${said} times`,
    scribes.some((state) => state !== 'ended') && `the run is ${scribes.join(', ')}`,
    pilots.join() !== 'waiting' && `the run of the other agent is ${pilots.join(', ')}`,
  ].filter((fault) => fault !== false);
}

describe('an answer at any moment of a run', function () {
  this.timeout(60_000 + HISTORIES * 2000);

  it(`is heard once, and wakes the run that waits and no other, in ${HISTORIES} histories with kills`, async () => {
    const moments = { during: 0, after: 0 };
    for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
      const ended = await play(seed);
      expect(await faultsOf(ended), `seed ${seed}`).to.deep.equal([]);
      moments[ended.at === undefined ? 'after' : 'during'] += 1;
    }
    if (HISTORIES >= 20) expect(moments.during, 'answers while it works').to.be.greaterThan(HISTORIES / 5);
    if (process.env.SKEIN_TELL) console.log('     ', JSON.stringify(moments));
  });
});
