// The opening of a session: why the agent was woken and by whom, its own tasks first, and what else there is, with names.
import { expect } from 'chai';
import { anOffice, type Office, says } from '../office.ts';

describe('the opening of a session', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  it('says why and by whom, what each agent is for, whose notes and files, and what is due first', async () => {
    const { ada, ben, does } = office.world;
    await does(ada, 'create_task', { title: 'Later', due: '2026-12-20' });
    await does(ada, 'create_task', { title: 'Sooner', due: '2026-12-01', assignee: 'ben' });
    await does(ada, 'create_task', { title: 'Mine', assignee: 'scribe' });
    await does(ben, 'record_decision', { decision: 'We ship in December' });
    await does(ben, 'put_file', { name: 'plan.md', text: 'x' });
    office.script.push(says('Yes.'));
    await office.hears(ada, '@scribe is it ready?');
    const said = JSON.parse(office.asked.at(-1)?.messages[0] ?? '{}').content[0].text as string;
    expect(said).to.match(
      /<woken by="Ada Lindqvist" handle="ada" role="owner" why="a message for you" message="m_\w+" at="2026-11-02 /,
    );
    expect(said).to.include('role="agent" for="Helps as Pilot."');
    const order = [...said.matchAll(/^- #\d+ (\w+) \(([^)]*)\)/gm)].map(([, title, facts]) => `${title}: ${facts}`);
    expect(order).to.deep.equal([
      'Mine: open, you',
      'Sooner: open, Ben Okafor, due 2026-12-01',
      'Later: open, nobody, due 2026-12-20',
    ]);
    expect(said).to.include('- decision, 2026-11-02, Ben Okafor: We ship in December');
    expect(said).to.include('- plan.md (version 1, Ben Okafor, 2026-11-02)');
  });

  it('says how many more there are, wherever something is cut', async () => {
    const { ada, does } = office.world;
    for (let n = 0; n < 43; n++) await does(ada, 'create_task', { title: `Box ${n}` });
    for (let n = 0; n < 16; n++) await does(ada, 'record_learning', { learning: `Fact ${n}` });
    for (let n = 0; n < 16; n++) await does(ada, 'put_file', { name: `f${n}.md`, text: `${n}` });
    office.script.push(says('Yes.'));
    await office.hears(ada, '@scribe is it ready?');
    const said = JSON.parse(office.asked.at(-1)?.messages[0] ?? '{}').content[0].text as string;
    expect(said).to.include('\n3 more: list_tasks.\n');
    expect(said).to.include('\nOlder notes: search_pod.\n').and.include('\nMore files: list_files.\n');
    expect(said).not.to.include('Fact 0').and.not.to.include('f0.md');
  });
});
