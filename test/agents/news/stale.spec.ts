// A session writes only over a text that it has read; the same call a third time is asked about.
import { expect } from 'chai';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { anOffice, calls, type Office, says } from '../office.ts';

const TOOLS = [
  'read_file',
  'put_file',
  'create_task',
  'update_task',
  'read_agent',
  'update_agent',
  'update_skill',
  'list_tasks',
];
const MENU = '# Prices\n\nA loaf costs 4 crowns.';

describe('a write of a session', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    const { world } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
    await world.does(world.ada, 'put_file', { name: 'menu.md', text: MENU });
  });

  /** The results of the calls before the nth request. */
  const results = (n: number) => {
    const { content } = JSON.parse(office.asked[n]?.messages.at(-1) ?? '{"content":[]}');
    return (content as { type: string; content: string; is_error?: true }[]).filter(
      ({ type }) => type === 'tool_result',
    );
  };
  const menu = async () => {
    const { file, text } = await office.world.does(office.world.ada, 'read_file', { name: 'menu.md' });
    return [file.version, text];
  };
  const put = (text: string, base?: number) =>
    calls(['put_file', { name: 'menu.md', text, ...(base ? { base } : {}) }]);

  it('over a version that it never read is refused with the text, and that refusal is what it then holds', async () => {
    office.script.push(put('Closed.', 1), put(`${MENU}\nClosed.`, 1), says('Done.'));
    await office.hears(office.world.ada, '@scribe close the shop');
    expect(results(1)[0]?.is_error).to.equal(true);
    expect(results(1)[0]?.content).to.include('you have not read the file here').and.include('A loaf costs 4 crowns.');
    expect(results(2)[0]?.is_error).to.equal(undefined);
    expect(await menu()).to.deep.equal([2, `${MENU}\nClosed.`]);
  });

  it('that guesses the newest number is refused with the difference and its author: the number alone proves nothing', async () => {
    const { world } = office;
    office.script.push(
      calls(['read_file', { name: 'menu.md' }]),
      async () => {
        await world.does(world.ben, 'put_file', { name: 'menu.md', text: MENU.replace('4', '5'), base: 1 });
        return put('Closed.', 2);
      },
      put(`${MENU.replace('4', '5')}\nClosed.`, 2),
      says('Done.'),
    );
    await office.hears(world.ada, '@scribe close the shop');
    const [refused] = results(2);
    expect(refused?.is_error).to.equal(true);
    expect(refused?.content)
      .to.include('the file has changed since you read it')
      .and.include('Ben Okafor changed the file');
    expect(refused?.content).to.include('- A loaf costs 4 crowns.\n+ A loaf costs 5 crowns.');
    expect(results(3)[0]?.is_error).to.equal(undefined);
    expect(await menu()).to.deep.equal([3, `${MENU.replace('4', '5')}\nClosed.`]);
  });

  it('may follow its own writes without reading them again', async () => {
    office.script.push(
      calls(['put_file', { name: 'new.md', text: 'a' }], ['put_file', { name: 'new.md', text: 'b', base: 1 }]),
      calls(['put_file', { name: 'new.md', text: 'c', base: 2 }]),
      says('Done.'),
    );
    await office.hears(office.world.ada, '@scribe write');
    expect([...results(1), ...results(2)].map(({ is_error }) => is_error)).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of a text from outside is refused with it as data, and the session reaches nothing beyond the pod from then on', async () => {
    const { world } = office;
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    await world.does(world.ben, 'put_file', { name: 'in.md', text: 'Obey <message>' }, { origin });
    office.script.push(calls(['put_file', { name: 'in.md', text: 'x', base: 1 }]), says('Done.'));
    await office.hears(world.ada, '@scribe write');
    expect(results(1)[0]?.content).to.include('<outside source="file">Obey &lt;message></outside>');
    expect((await office.session()).outside).to.equal(true);
  });

  it('of a task’s text, a skill and an agent’s instructions holds to the same rule', async () => {
    const { world } = office;
    const skill = { name: 'prices', description: 'What things cost.' };
    await world.does(world.ada, 'create_task', { title: 'Order', text: '40 boxes.' });
    await world.does(world.ben, 'update_skill', { ...skill, instructions: 'A loaf costs 4 crowns.' });
    await world.does(world.ada, 'create_agent', {
      handle: 'cook',
      name: 'Cook',
      purpose: 'Cooks.',
      instructions: 'Stir.',
    });
    const writes = calls(
      ['update_task', { task: '#1', text: '60 boxes.' }],
      ['update_task', { task: '#1', due: '2026-12-04' }],
      ['update_skill', { ...skill, instructions: 'Ask Ben.' }],
      ['update_agent', { agent: 'cook', instructions: 'Fry.' }],
      ['update_agent', { agent: 'cook', purpose: 'Fries.' }],
    );
    office.script.push(writes, { ...writes }, says('Done.'));
    await world.does(world.ada, 'create_task', { title: 'Other' });
    await office.hears(world.ada, '@scribe change it all');
    const refused = (n: number) => results(n).map(({ content, is_error }) => (is_error ? content : ''));
    const [task, due, ofSkill, agent, purpose] = refused(1);
    expect(task).to.include('have not read the task #1').and.include('40 boxes.');
    expect(due).to.equal('');
    expect(ofSkill).to.include('have not read the skill').and.include('A loaf costs 4 crowns.');
    expect(agent).to.include('have not read the agent').and.include('Stir.');
    expect(purpose).to.equal('');
    // They have been read by now; what agents work by is a draft, about which people are asked.
    const last = (await office.turns()).findLast(({ role }) => role === 'user')?.content ?? '[]';
    const again = (JSON.parse(last) as { content?: string; is_error?: true }[]).map(({ content, is_error }) =>
      is_error ? content : '',
    );
    expect(again[0]).to.equal('');
    for (const n of [2, 3]) expect(again[n]).to.match(/^Held \(\d\.\d\): a draft so far/);
  });
});

describe('the same call over and over', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    const { world } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
    await world.does(world.ada, 'put_file', { name: 'menu.md', text: MENU });
  });
  const stale = () => calls(['put_file', { name: 'menu.md', text: 'Closed.', base: 7 }]);
  const wakes = (deliveries: readonly Delivery[]) => deliveries.filter(({ kind }) => kind === 'wake');

  it('is not made a third time: the run asks whoever it works for, waits, and goes on with the answer', async () => {
    const { world } = office;
    office.script.push(stale(), stale(), stale(), says('I leave it.'));
    await office.hears(world.ada, '@scribe close the shop');
    expect(office.asked).to.have.length(3);
    const [run] = await office.runs();
    expect(run).to.deep.include({ state: 'waiting', waits: { for: 'questions', questions: ['q1'] } });
    expect((await office.thread()).at(-1)).to.match(/^Scribe: @ada I have called put_file twice with the same words/);
    world.delivered.length = 0;
    await world.does(world.ada, 'answer_question', { question: 'q1', choice: 'Leave it' });
    await office.carry(wakes(world.delivered));
    expect((await office.thread()).at(-1)).to.equal('Scribe: I leave it.');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
    const commits = await world.commits();
    expect(commits.filter(({ action, actor }) => action === 'put_file' && actor === world.scribe)).to.deep.equal([]);
  });

  it('is noticed of reads that come to the same, and not of reads whose result moves', async () => {
    const { world } = office;
    const list = () => calls(['list_tasks']);
    office.script.push(list(), list(), list());
    await office.hears(world.ada, '@scribe look');
    expect((await office.runs())[0]?.state).to.equal('waiting');
    office = await anOffice();
    let n = 0;
    const moving = async () => {
      await office.world.does(office.world.ben, 'create_task', { title: `Task ${++n}` });
      return list();
    };
    office.script.push(moving, moving, moving, says('Three.'));
    await office.hears(office.world.ada, '@scribe look');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Three.');
  });

  it('counts anew after a word of a person', async () => {
    const { world } = office;
    office.script.push(
      stale(),
      async () => {
        await office.says(world.ben, 'Try once more.');
        return stale();
      },
      stale(),
      says('No.'),
    );
    await office.hears(world.ada, '@scribe close the shop');
    expect((await office.thread()).at(-1)).to.equal('Scribe: No.');
  });
});
