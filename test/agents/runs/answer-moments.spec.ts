// An answer at any moment of a run, with kills in between: it is heard once, and wakes only the run that waits for it.
// SKEIN_ANSWERS: how many histories; SKEIN_SEED: the seed of the first.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { NotFound } from '../../../src/errors.ts';
import type { Commit } from '../../../src/log/commit.ts';
import { makeReader } from '../../../src/log/read.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { RUNS } from '../../../src/pods/runs/run.ts';
import { randomOf } from '../../protocol/random.ts';
import { anOffice, calls, type Office, says, USAGE } from '../office.ts';

const HISTORIES = Number(process.env.SKEIN_ANSWERS ?? 36);
const SEED = Number(process.env.SKEIN_SEED ?? 1);
/** About so many steps of the store a run takes until it asks, from there until it parks, and while it parks. */
const STEPS = { before: 180, during: 200, parking: 50, killed: 250, anything: 400 };

/** `parking`: it has chosen to wait, and has not parked yet. `restarted`: its process was killed, and the next has not begun. */
const MOMENTS = ['before', 'during', 'parking', 'parked', 'restarted', 'expired'] as const;
type Moment = (typeof MOMENTS)[number];

/** Asks, does something else, waits, and answers once it has heard: decided from the transcript alone, as in a retry. */
async function turn({ messages }: ModelRequest) {
  const text = messages.join('\n');
  const line = text.includes('Zanzibar')
    ? says('I have heard it.')
    : text.includes('state=\\"expired\\"')
      ? says('I go on without it.')
      : !text.includes('Which island?')
        ? calls(['ask', { to: ['ben'], question: 'Which island?', needed_by: '4h' }])
        : text.includes('create_task')
          ? calls(['wait_for', { questions: ['q2'] }])
          : calls(['create_task', { title: 'Boxes' }]);
  return { content: '[]', stopReason: 'end_turn' as const, usage: USAGE, ...line };
}

interface Ended {
  office: Office;
  /** The moment at which the answer was given, in truth. */
  at: Moment;
  inWords: boolean;
}

const islandIn = async ({ world }: Office): Promise<QuestionDoc | undefined> =>
  (await makeReader(world.store).find(QUESTIONS, { where: { pod: world.pod, number: 2 } }))[0];

async function play(seed: number): Promise<Ended> {
  const { below: draw } = randomOf(seed);
  const wanted = MOMENTS[seed % MOMENTS.length] ?? 'parked';
  const inWords = draw(2) === 0;
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
  const queue: Delivery[] = [...(await office.says(ada, '@scribe plan the trip'))];
  world.delivered.length = 0;
  const carried = () => queue.push(...world.delivered.splice(0).filter(({ kind }) => kind === 'wake'));

  let given: Moment | undefined;
  /** Kept here, since work beside the run may go on over an error of a step. */
  let failed: unknown;
  const gives = async (moment: Moment): Promise<void> => {
    given = moment;
    if (inWords) await world.does(ben, 'post_message', { conversation: office.conversation, text: '@scribe Zanzibar' });
    else await world.does(ben, 'answer_question', { question: 'q2', text: 'Zanzibar' });
  };
  /** Nobody can answer by its number what was not asked yet. The run may ask it before the answer is looked at. */
  const inVain = async (): Promise<void> => {
    const refused = await gives('during').then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!refused) return;
    given = undefined;
    failed ??= refused instanceof NotFound ? undefined : refused;
  };

  let steps = { begun: 0, asked: 0, parking: 0 };
  const after = {
    before: draw(STEPS.before),
    during: draw(STEPS.during),
    parking: draw(STEPS.parking),
    killed: 1 + draw(STEPS.killed),
  };
  let [isAsked, isParking, tried, struck] = [false, false, false, false];
  /** The answer at its moment, in the midst of the work of a process. */
  async function atStep(what: string): Promise<void> {
    if (given) return;
    isAsked ||= (await islandIn(office)) !== undefined;
    if (isAsked && what.startsWith('after turns.insert')) isParking = Boolean((await office.turns()).at(-1)?.parked);
    const { begun, asked, parking } = steps;
    steps = { begun: begun + 1, asked: asked + (isAsked ? 1 : 0), parking: parking + (isParking ? 1 : 0) };
    if (!isAsked) {
      if (wanted !== 'before' || tried || begun < after.before) return;
      tried = true;
      return inWords ? gives('before') : inVain();
    }
    if (isParking ? wanted === 'parking' && parking >= after.parking : wanted === 'during' && asked >= after.during)
      await gives(isParking ? 'parking' : 'during');
  }
  const kills = Array.from({ length: draw(3) }, () => 1 + draw(STEPS.anything / 2));
  /** True once, in the history in which the answer is given between two processes. */
  const strikes = () => {
    if (wanted !== 'restarted' || struck || steps.asked < after.killed) return false;
    struck = true;
    return true;
  };

  for (let rounds = 0; queue.length; rounds++) {
    if (rounds > 40) throw new Error(`seed ${seed}: the run does not end.`);
    let left = kills.pop() ?? Number.POSITIVE_INFINITY;
    const step = async (what: string) => {
      if (--left <= 0 || strikes()) throw new Error('killed');
      await atStep(what);
    };
    const whole = await office.carry([queue[0] as Delivery], office.process({ model: { turn } }, { step })).then(
      () => true,
      (error: Error) => {
        if (!error.message.includes('killed')) throw error;
        return false;
      },
    );
    if (!whole && struck && !given) await gives('restarted');
    // The lane of a session carries one delivery after the other, and a killed one again.
    if (whole) queue.shift();
    carried();
    if (queue.length || given) continue;
    const question = await islandIn(office);
    if (wanted === 'expired' && question?.state === 'open') {
      await expires(office, question);
      carried();
      if (draw(2)) continue;
    }
    await gives(wanted === 'expired' ? 'expired' : 'parked');
    carried();
  }
  if (failed) throw failed;
  if (given === 'before' && (await wasAsked(office))) given = 'during';
  if (tried && !inWords && given !== 'during') return { office, at: 'before', inWords };
  return { office, at: given ?? 'before', inWords };
}

/** True if the question was in the log when Ben wrote: what goes on side by side may ask it between a look and his words. */
async function wasAsked(office: Office): Promise<boolean> {
  const { store, pod, ben } = office.world;
  const question = await islandIn(office);
  const commits = await store.collection<Commit>('commits').find({ where: { pod } });
  const words = commits.find(({ actor, action }) => actor === ben && action === 'post_message');
  return Boolean(question && words && question.posted < words.seq);
}

/** Nobody answers in time. */
async function expires(office: Office, question: QuestionDoc): Promise<void> {
  const { world } = office;
  for (let now: QuestionDoc | undefined = question; now?.state === 'open'; now = await islandIn(office)) {
    world.clock.now = Math.max(world.clock.now, now.dueAt ?? 0);
    await world.does('skein', 'question_due', { question: now.id, due: now.dueAt });
  }
}

async function faultsOf({ office, at, inWords }: Ended): Promise<string[]> {
  const { world } = office;
  const question = await islandIn(office);
  const turns = (await office.turns()).map(({ content }) => content).join('\n');
  const count = (text: string, what: string) => text.split(what).length - 1;
  const told = count(turns, '<answer from=');
  const results = count(turns, '\\"settled\\":[');
  const thread = await office.thread();
  const said = thread.filter((one) => one === 'Scribe: I have heard it.').length;
  const kept = thread.filter((one) => one.startsWith('Ben Okafor: ') && one.includes('Zanzibar')).length;
  const runs = await world.store.collection<{ id: string; rev: number; agent: string; state: string }>(RUNS.name).find({
    where: {},
  });
  const scribes = runs.filter(({ agent }) => agent === world.scribe).map(({ state }) => state);
  const pilots = runs.filter(({ agent }) => agent === world.pilot).map(({ state }) => state);
  // Words that come before the question hold it, and it is not asked. A late answer by its number is a message that wakes nobody.
  const [never, late] = [at === 'before' && inWords, at === 'expired'];
  const state = never ? undefined : late ? 'expired' : 'answered';
  // An answer in words is shown as the message too, in the same turn.
  const heard = state === 'answered' ? told : count(turns, 'Zanzibar</message>');
  const unheard = late && !inWords && heard === 0;
  return [
    question?.state !== state && `q2 is ${question?.state}`,
    (question?.answers.length ?? 0) !== (state === 'answered' ? 1 : 0) && `q2 has ${question?.answers.length} answers`,
    told !== (state === 'answered' ? 1 : 0) && `the answer is told ${told} times`,
    heard !== (unheard ? 0 : 1) && `it is heard ${heard} times`,
    (never || late) && kept !== 1 && `its words are kept ${kept} times`,
    results > 1 && `wait_for gave it ${results} times`,
    said !== (unheard ? 0 : 1) && `it was said ${said} times`,
    scribes.some((one) => one !== 'ended') && `the run is ${scribes.join(', ')}`,
    pilots.join() !== 'waiting' && `the run of the other agent is ${pilots.join(', ')}`,
  ].filter((fault) => fault !== false);
}

describe('an answer at any moment of a run', function () {
  this.timeout(60_000 + HISTORIES * 2000);

  it(`is heard once, and wakes the run that waits and no other, in ${HISTORIES} histories with kills`, async () => {
    const moments = Object.fromEntries(MOMENTS.map((moment) => [moment, 0])) as Record<Moment, number>;
    for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
      const ended = await play(seed);
      expect(await faultsOf(ended), `seed ${seed}, ${ended.at}`).to.deep.equal([]);
      moments[ended.at] += 1;
    }
    if (process.env.SKEIN_TELL) console.log('     ', JSON.stringify(moments));
    if (HISTORIES < 30) return;
    for (const moment of MOMENTS) expect(moments[moment], moment).to.be.at.least(HISTORIES / 15);
  });
});
