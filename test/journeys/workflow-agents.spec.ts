// Workflows whose steps agents do and review, over the real socket: what people read of them, and when they are asked.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';
import type { Seen } from './team.ts';

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
}

const plain = ({ text }: Seen) => text.replace(/<[^|>]*\|([^>]*)>/g, '$1').replaceAll('*', '');

describe('a workflow of agents', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let model: RuleModel;
  /** How often each reviewer still finds something. */
  let finds: Map<string, number>;

  beforeEach(async () => {
    finds = new Map();
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
  });
  afterEach(async () => {
    await room.stop();
    await model.stop();
  });

  /** Each does what it is woken for: builds and shows, looks and says, finishes what is approved. */
  function answerTo(asked: Asked): Answer {
    // Its own next step is set free by its own result.
    const own = /sets_free[^\]]*?(#\d+), with you/.exec(asked.results.join())?.[1];
    if (own && asked.agent === 'scribe')
      return { calls: [['request_review', { task: own, note: 'Open the page, and enrol a key' }]] };
    if (asked.results.length) return { says: 'That is done.' };
    const calls = assignmentsIn(asked)
      .slice(-1)
      .flatMap(({ task, why, review, to }): [string, Record<string, unknown>][] => {
        const left = finds.get(asked.agent) ?? 0;
        if (why === 'review') {
          finds.set(asked.agent, left - 1);
          if (left > 0) return [['send_back', { task, comments: `${asked.agent} could still break it` }]];
          return [['approve', { task }]];
        }
        if (to !== 'you') return [];
        if (why === 'approved') return [['complete_task', { task, note: 'Built, and approved' }]];
        if (review) return [['request_review', { task, note: 'It is in branch passkeys' }]];
        return [['complete_task', { task, note: 'Released' }]];
      });
    return calls.length ? { calls } : { says: 'Nothing to do.' };
  }

  const tasks = async () => (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks;
  const part = async (words: string) => (await tasks()).find(({ title }) => title.startsWith(words)) as Task;
  const starts = async (roles: string) => {
    const said = await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys (${roles})`);
    expect(said).to.include('change-to-release is started');
  };
  const stateOf = async (words: string, state: string) => {
    for (let n = 0; n < 60; n += 1) {
      await room.team.quiet();
      if ((await part(words)).state === state) return;
    }
    throw new Error(`${words} is ${JSON.stringify(await part(words))}`);
  };
  const told = async (as: string, words: string): Promise<string> => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: 4 * 86_400 });
    const is = (seen: Seen) => plain(seen).includes(words);
    return plain((await room.team.until('app', '', (all) => all.some(is), as)).findLast(is) as Seen);
  };

  it('runs through with agents in all roles, back once from each reviewer, and Ada is told at the end', async () => {
    finds = new Map([
      ['pilot', 1],
      ['scout', 1],
    ]);
    await starts('developer: scribe, security: pilot, qa: scout, owner: pilot');
    await stateOf('Decide on the release', 'done');
    for (const words of ['Build:', 'Bring through QA:']) expect((await part(words)).state).to.equal('done');
    // What woke each of them. What stood there before it first came is background.
    const asked = model.asked.flatMap((one) => {
      const last = assignmentsIn(one).at(-1);
      return last && !one.results.length ? [`${one.agent} ${last.why}`] : [];
    });
    expect(asked).to.deep.equal([
      'scribe given',
      'pilot review',
      'scribe sent_back',
      'pilot review',
      'scribe approved',
      'scout review',
      'scribe sent_back',
      'scout review',
      'scribe approved',
      'pilot unblocked',
    ]);
    const { number } = await part('Decide on the release');
    expect((await told('ada', `#${number}`)).split('\n')).to.deep.equal([
      `Done: #${number - 2} “Build: Passkeys” in launch, by Scribe: “Built, and approved”`,
      `Done: #${number - 1} “Bring through QA: Passkeys” in launch, by Scribe: “Built, and approved”`,
      `Done: #${number} “Decide on the release of: Passkeys” in launch, by Pilot: “Released”`,
    ]);
  });
});
