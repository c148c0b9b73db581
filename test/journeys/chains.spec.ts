// Agents that wake one another by tasks that wait for tasks, over the real socket: a long chain comes to its end, and two agents
// that go round do not.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';

const STEPS = 25;

interface Task {
  number: number;
  title: string;
  state: string;
}

describe('agents that wake one another', function () {
  this.timeout(180_000);
  let room: MailRoom;
  let model: RuleModel;
  /** How an agent goes on with the task that woke it. */
  let does: (agent: string, task: string) => [name: string, input: Record<string, unknown>];

  beforeEach(async () => {
    does = (_agent, task) => ['complete_task', { task }];
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
  });
  afterEach(async () => {
    await room.stop();
    await model.stop();
  });

  function answerTo(asked: Asked): Answer {
    if (asked.results.length) return { says: 'That is done.' };
    const [mine] = assignmentsIn(asked)
      .filter(({ to }) => to === 'you')
      .slice(-1);
    return mine ? { calls: [does(asked.agent, mine.task)] } : { says: 'Nothing to do.' };
  }

  /** Tasks that wait for one another, each with the other agent than the one before. The first has nobody yet. */
  async function chain(length: number, thread?: string): Promise<Task[]> {
    const made: Task[] = [];
    for (let n = 0; n < length; n += 1) {
      const before = made.at(-1);
      const { task } = await room.act<{ task: Task }>('create_task', {
        title: `Link ${n + 1}`,
        ...(before ? { depends_on: [`#${before.number}`], assignee: n % 2 ? 'pilot' : 'scribe' } : {}),
        ...(thread ? { conversation: thread } : {}),
      });
      made.push(task);
    }
    return made;
  }
  const links = async () =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks.filter(({ title }) =>
      title.startsWith('Link '),
    );
  const begin = async ({ number }: Task) => {
    await room.act('assign_task', { task: `#${number}`, assignee: 'scribe' });
    await room.team.quiet();
  };
  const begun = () => model.asked.filter((one) => !one.results.length).map(({ agent }) => agent);

  for (const where of ['threads of their own', 'one thread'] as const)
    it(`a chain of ${STEPS} steps in ${where} runs to its end, and each agent is woken once for each of its own`, async () => {
      const { conversation } =
        where === 'one thread'
          ? await room.act<{ conversation: { id: string } }>('start_conversation', {
              title: 'A chain',
              text: 'Let us begin.',
            })
          : { conversation: undefined };
      await room.team.quiet();
      const before = begun().length;
      const [first] = await chain(STEPS, conversation?.id);
      await begin(first as Task);
      const all = await links();
      expect(
        all.filter(({ state }) => state !== 'done').map(({ number }) => `#${number}`),
        'not done',
      ).to.deep.equal([]);
      expect(all).to.have.length(STEPS);
      // A turn more of the same agent takes in what came into the thread meanwhile.
      const turns = begun().slice(before);
      expect(turns.filter((agent, n) => agent !== turns[n - 1])).to.deep.equal(
        all.map((_, n) => (n % 2 ? 'pilot' : 'scribe')),
      );
    });

  it('two that open each other’s tasks again come to a stop, and Ada is asked whether they go on', async () => {
    const [first, second] = await chain(2);
    does = (agent, task) =>
      agent === 'pilot'
        ? ['reopen_task', { task: `#${first?.number}`, note: 'Once more' }]
        : ['complete_task', { task }];
    await begin(first as Task);
    const rounds = begun().length;
    expect(rounds).to.be.within(3, 20);
    await room.team.post('/practice/clock', { advance: 3600 });
    await room.team.quiet();
    expect(begun(), 'nobody goes on by themselves').to.have.length(rounds);
    const roots = await room.team.messages(room.launch.channel);
    const said = (await Promise.all(roots.map(({ ts }) => room.team.messages(room.launch.channel, ts)))).flat();
    expect(said.map(({ text }) => text).join('\n')).to.match(
      /Not passed on to (?:scribe|pilot): agents have .*, and now it is for a person to say whether they go on\. Write “@(?:scribe|pilot) go on” here/,
    );
    expect(await room.team.command('ada', 'launch', '/skein waiting')).to.match(/go(?:es)? on/);
    expect((await links()).map(({ number }) => number)).to.have.members([first?.number, second?.number]);
  });
});
