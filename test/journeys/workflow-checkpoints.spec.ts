// A workflow that is started by its form, whose first step has a checkpoint: whoever is named there sees what the agent has, and lets
// it go on with a button.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import { type Answer, type Asked, aRuleModel, assignmentsIn, type RuleModel } from './rule-model.ts';
import type { Seen } from './team.ts';

const PLAN = '# The plan\n\n1. Store the keys';

interface Task {
  number: number;
  title: string;
  state: string;
  review?: string;
  assigneeName?: string;
}

interface View {
  id: string;
  title: { text: string } | null;
  blocks: {
    block_id?: string;
    text?: { text: string };
    element?: { options?: { text: { text: string }; value: string }[] };
  }[];
}

describe('a workflow with a checkpoint', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let model: RuleModel;
  let building = '';

  beforeEach(async () => {
    building = '';
    model = await aRuleModel(answerTo);
    room = await aMailRoom({ ...model.settings });
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
  });
  afterEach(async () => {
    await room.stop();
    await model.stop();
  });

  /** Shows its plan where it stops, and asks for the review once it may go on. */
  function answerTo(asked: Asked): Answer {
    const results = asked.results.join();
    if (asked.news.includes('state="answered"')) return { calls: [['go_ahead', { calls: asked.held }]] };
    const passed = /passed.{1,8}plan/.test(results);
    const [mine] = assignmentsIn(asked).slice(-1);
    if (passed) return { calls: [['request_review', { task: building, note: 'It is in branch passkeys' }]] };
    if (asked.results.length || mine?.to !== 'you' || mine.why !== 'given') return { says: 'That is done.' };
    building = mine.task;
    return { calls: [['checkpoint', { task: mine.task, name: 'plan', result: PLAN }]] };
  }
  const build = async () =>
    (await room.act<{ tasks: Task[] }>('list_tasks', { state: 'all' })).tasks.find(({ title }) =>
      title.startsWith('Build:'),
    ) as Task;
  const form = async (): Promise<View> => {
    for (let n = 0; n < 400; n += 1) {
      const views = await room.team.get<View[]>('/practice/views?as=ada');
      const found = views.find(({ title }) => title?.text === 'Start a workflow');
      if (found) return found;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`The form did not open.\n${room.team.lines.slice(-10).join('\n')}`);
  };
  const pressStart = async () => {
    await room.team.command('ada', 'launch', '/skein workflows');
    const seen = await room.team.messages('launch', undefined, 'ada');
    const ts = seen.findLast(({ ephemeral }) => ephemeral)?.ts;
    const [actionId, value] = ['workflow.start', 'change-to-release'];
    await room.team.post('/practice/click', { as: 'ada', channel: 'launch', ts, actionId, value });
  };
  /** `roles`: by role, the name of its member. */
  const submit = async (roles: Record<string, string>) => {
    const { id: viewId, blocks } = await form();
    const chosen = Object.entries(roles).map(([role, name]) => {
      const field = blocks.find(({ block_id: id }) => id === `role:${role}`);
      return [`role:${role}`, field?.element?.options?.find(({ text }) => text.text === name)?.value];
    });
    const values = { about: 'Passkeys', ...Object.fromEntries(chosen) };
    await room.team.post('/practice/submit', { as: 'ada', viewId, values });
  };
  const root = async () => {
    const is = ({ text }: Seen) => text.includes(': Passkeys');
    return (await room.team.until('launch', '', (all) => all.some(is))).find(is)?.ts ?? '';
  };

  it('is started by its form, which says what is wrong; Ada sees the plan in the thread, and her click lets Scribe go on', async () => {
    await pressStart();
    const [scribe, ben] = ['Scribe', 'Ben Okafor'];
    await submit({ developer: scribe, security: ben, qa: scribe, owner: 'Ada Lindqvist' });
    await room.team.quiet();
    expect(JSON.stringify(await form())).to.include(
      'Scribe has the roles developer and qa, and nobody reviews their own work (the step try).',
    );
    expect(await build(), 'nothing was made').to.equal(undefined);
    await submit({ developer: scribe, security: ben, qa: ben, owner: 'Ada Lindqvist' });
    await room.team.quiet();
    const isAsked = ({ text }: Seen) => text.includes('has come to the checkpoint “plan”');
    const thread = await room.team.until('launch', await root(), (all) => all.some(isAsked));
    const asked = thread.find(isAsked) as Seen;
    const { number } = await build();
    expect(asked.text).to.match(
      new RegExp(`^<@U\\w+> Scribe has come to the checkpoint “plan” of #${number}:\n&gt; # The plan`),
    );
    expect(await build()).to.have.property('review', 'to be reviewed by Ben Okafor');
    const [go] = asked.blocks.flatMap((block) =>
      block.type === 'actions'
        ? (block.elements as { action_id: string; value: string; text: { text: string } }[])
        : [],
    );
    expect(go?.text.text).to.equal('Go on');
    const press = { channel: 'launch', ts: asked.ts, actionId: go?.action_id, value: go?.value };
    await room.team.post('/practice/click', { as: 'ada', ...press });
    await room.team.quiet();
    expect(await build()).to.have.property('review', 'in review by Ben Okafor, round 1 of 3');
    expect(JSON.stringify(await room.act('pod_history', {}))).to.contain(`passed the checkpoint “plan” of #${number}`);
  });

  it('asks the deputy of whoever is named there and is away, whose word lets Scribe go on', async () => {
    const away = { until: '2027-06-01', deputy: 'dev' };
    await room.team.post('/practice/act', { as: 'ben', action: 'set_away', input: away });
    const roles = '(developer: scribe, security: chiara, qa: chiara, owner: ben)';
    await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys ${roles}`);
    await room.team.quiet();
    const { number } = await build();
    const waiting = await room.team.get<{ waiting: { why: string; for?: string; question?: string }[] }>(
      '/practice/waiting?as=dev',
    );
    const asked = waiting.waiting.find(({ why }) => why === 'asked');
    expect(asked).to.include({ for: 'Ben Okafor' });
    await room.team.post('/practice/act', {
      ...{ as: 'dev', pod: 'launch', action: 'answer_question' },
      input: { question: asked?.question, choice: 'Go on' },
    });
    await room.team.quiet();
    expect(await build()).to.have.property('review', 'in review by Chiara Rossi, round 1 of 3');
    expect(JSON.stringify(await room.act('pod_history', {}))).to.contain(`passed the checkpoint “plan” of #${number}`);
  });
});
