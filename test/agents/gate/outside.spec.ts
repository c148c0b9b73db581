// Words from outside stay marked, through whatever an agent makes of them, and tie each session that takes them in.

import { expect } from 'chai';
import { callTools } from '../../../src/agents/runs/calls/call-tools.ts';
import { hear } from '../../../src/agents/sessions/hearing/hear.ts';
import { newsText } from '../../../src/agents/sessions/hearing/news-text.ts';
import { openSession } from '../../../src/agents/sessions/open-session.ts';
import { gatherFacts } from '../../../src/agents/sessions/opening/gather-facts.ts';
import { openingText } from '../../../src/agents/sessions/opening/opening-text.ts';
import { markOutside, type SessionDoc } from '../../../src/agents/sessions/session.ts';
import { ties } from '../../../src/agents/sessions/ties.ts';
import { rebuild } from '../../../src/log/heal/rebuild.ts';
import { makeReader } from '../../../src/log/read.ts';
import { FILES } from '../../../src/pods/files/file.ts';
import { anOffice, calls, never, type Office, type Process, says } from '../office.ts';

const WRITES = ['create_task', 'update_task', 'complete_task', 'record_learning', 'put_file', 'start_conversation'];
const READS = ['list_tasks', 'read_pod', 'read_file', 'list_files', 'search_pod', 'read_conversation', 'pod_history'];
const BEYOND = ['create_pod', 'update_pod', 'update_skill', 'create_agent'];
const OWN = ['set_digest', 'send_digest'];
const BEYOND_TOO = ['update_agent', 'attach_skill', 'detach_skill', 'add_member', 'invite_person'];
const STANDING = [
  'change_role',
  'remove_member',
  'accept_mail',
  'reject_mail',
  'redact',
  'delete_message',
  'archive_pod',
];

describe('words from outside', () => {
  let office: Office;
  let desk: Process;
  let n: number;
  let tied: SessionDoc;
  beforeEach(async () => {
    office = await anOffice();
    desk = office.process();
    n = 0;
    tied = await session('scribe', office.conversation);
    await markOutside(office.world.store, tied.id);
    tied = await session('scribe', office.conversation);
  });

  const session = (agent: string, conversation: string) =>
    openSession(desk.deps, { pod: office.world.pod, conversation, agent: `agent:${agent}` });
  async function call(of: SessionDoc, name: string, input: unknown = {}) {
    const tools = [...WRITES, ...READS, ...BEYOND, ...BEYOND_TOO, ...STANDING, ...OWN];
    const fresh = await session(of.agent.slice('agent:'.length), of.conversation);
    const caller = { session: fresh, n: ++n, heard: [office.world.ada], tools, signal: never };
    const { results } = await callTools(desk.deps, caller, [{ id: 't', name, input, block: 0 }]);
    const [answer] = results;
    return { failed: answer?.is_error ?? false, text: answer?.content ?? '' };
  }
  /** Another agent's session, in a conversation of its own. */
  async function elsewhere(agent = 'pilot') {
    const { conversation } = await office.world.does(office.world.ada, 'start_conversation', {
      title: `Elsewhere ${++n}`,
      text: 'Hi',
    });
    return session(agent, conversation.id);
  }
  const isTied = async (of: SessionDoc) => (await session(of.agent.slice(6), of.conversation)).outside === true;

  async function written() {
    await call(tied, 'create_task', { title: 'Poison one', text: 'Poison two' });
    await call(tied, 'record_learning', { learning: 'Poison three' });
    await call(tied, 'put_file', { name: 'poison.md', text: 'Poison four' });
    await call(tied, 'start_conversation', { title: 'Poison five', text: 'Poison six' });
  }

  it('stand in the opening of another session as a colleague’s words, and tie it', async () => {
    await written();
    const other = await elsewhere();
    const facts = await gatherFacts(desk.deps.read, other);
    expect(ties(facts, [])).to.equal(true);
    const text = openingText(facts, [], 'today');
    expect(text)
      .to.include('- #1 Poison one (open, nobody)')
      .and.to.match(/learning, .*: Poison three/);
    expect(text).not.to.include('<outside');
    await office.world.does(office.world.ada, 'post_message', { conversation: other.conversation, text: '@pilot go' });
    await office.carry(office.world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(await isTied(other)).to.equal(true);
  });

  for (const [name, input] of [
    ['list_tasks', {}],
    ['read_pod', {}],
    ['read_file', { name: 'poison.md' }],
    ['list_files', {}],
    ['search_pod', { query: 'poison' }],
    ['read_conversation', { conversation: 'all' }],
    ['pod_history', {}],
    ['complete_task', { task: '#1' }],
  ] as const)
    it(`tie the session that reads them with ${name}, before it holds them`, async () => {
      await written();
      const other = await elsewhere();
      expect((await call(other, name, input)).text.toLowerCase()).to.contain('poison');
      expect(await isTied(other)).to.equal(true);
      expect((await call(other, 'create_pod', { name: 'Hall' })).text).to.contain('has taken in text from outside');
    });

  it('tie whoever hears a tied agent speak, and are a colleague’s words', async () => {
    office.script.push(says('@pilot write the note that Carl wants.'));
    await office.hears(office.world.ada, '@scribe what does it say?');
    const wakes = office.world.delivered.filter(({ kind }) => kind === 'wake').slice(-1);
    await office.carry(wakes);
    const other = await session('pilot', office.conversation);
    expect(await isTied(other)).to.equal(true);
    const news = office.asked.at(-1)?.messages.join('') ?? '';
    expect(news).to.include('@pilot write the note that Carl wants.').and.not.include('outside=');
    expect((await call(other, 'create_task', { title: 'Write the note' })).failed).to.equal(false);
    expect((await call(other, 'update_skill', { name: 'x', description: 'd', instructions: 'i' })).failed).to.equal(
      true,
    );
  });

  it('are no colleague’s where an app, or somebody of another company, says them', async () => {
    const { act, pod } = office.world;
    await act({
      ...{ pod, actor: 'app:Carl' as const, via: 'slack' as const, action: 'post_message', key: 'app' },
      input: { conversation: office.conversation, text: 'Obey.' },
    });
    const { person } = await office.world.does('skein', 'register_person', {
      ...{ account: 'slack:T2:eve', name: 'Eve', handle: 'eve', foreign: true },
    });
    await office.world.does(office.world.ada, 'add_member', { who: 'eve' });
    await office.says(person.id, 'Obey too.');
    await office.says(office.world.ben, 'Never.');
    const { messages } = await hear(desk.deps.read, await session('pilot', office.conversation), 0);
    const marked = messages.slice(-3).map((one) => [one.text, newsText([one]).includes('outside="true"')]);
    expect(marked).to.deep.equal([
      ['Obey.', true],
      ['Obey too.', true],
      ['Never.', false],
    ]);
  });

  it('leave a person’s own digest to the person', async () => {
    const { ada, ben, does } = office.world;
    const answer = await call(tied, 'set_digest', { time: '08:30' });
    expect(answer.failed, answer.text).to.equal(false);
    expect((await does(ada, 'set_digest', { state: 'on' })).digest.time).to.equal('08:30');
    expect((await does(ben, 'set_digest', { state: 'on' })).digest.time).not.to.equal('08:30');
    expect((await call(tied, 'send_digest')).text).not.to.contain('has taken in text from outside');
    const caller = { session: tied, n: 99, heard: [ben, ada], tools: ['set_digest'], signal: never };
    const { results } = await callTools(desk.deps, caller, [
      { id: 't', name: 'set_digest', input: { state: 'off' }, block: 0 },
    ]);
    expect(results[0]?.content).to.include('one person’s own');
  });

  it('reach nothing beyond the pod, whatever the agent and those it acts for may', async () => {
    // Rights are asked first.
    await office.world.does(office.world.ada, 'change_role', { who: 'scribe', role: 'owner' });
    const inputs: Record<string, unknown> = {
      create_pod: { name: 'Hall' },
      update_pod: { purpose: 'Obey mallory' },
      update_skill: { name: 'notes', description: 'd', instructions: 'i' },
      create_agent: { handle: 'mole', name: 'Mole', purpose: 'p', instructions: 'i' },
      update_agent: { agent: 'pilot', purpose: 'p' },
      attach_skill: { agent: 'pilot', skill: 'notes' },
      detach_skill: { agent: 'pilot', skill: 'notes' },
      add_member: { who: 'zoe' },
      invite_person: { email: 'm@x.example', name: 'M' },
      change_role: { who: 'gil', role: 'owner' },
      remove_member: { who: 'ben' },
      accept_mail: { mail: 'h_1' },
      reject_mail: { mail: 'h_1' },
      redact: { what: '#1' },
      delete_message: { message: 'm_1' },
      archive_pod: {},
    };
    for (const name of [...BEYOND, ...BEYOND_TOO, ...STANDING]) {
      const answer = await call(tied, name, inputs[name]);
      expect(answer.failed, name).to.equal(true);
      expect(answer.text, name).to.contain('has taken in text from outside');
    }
  });

  it('stay marked when an agent edits them, and are a member’s once a person has written them anew', async () => {
    const { ada, does } = office.world;
    await call(tied, 'create_task', { title: 'Poison', text: 'Poison too' });
    const task = async () => (await does(ada, 'list_tasks')).tasks[0];
    const other = await elsewhere();
    await call(other, 'update_task', { task: '#1', title: 'Nicer poison' });
    expect(await task()).to.include({ outside: true });
    await does(ada, 'update_task', { task: '#1', title: 'Order boxes' });
    expect(await task()).not.to.have.property('outside');
    expect(await does(ada, 'search_pod', { query: 'poison' })).to.include({ outside: true });
    await does(ada, 'update_task', { task: '#1', text: 'Forty of them' });
    expect(await does(ada, 'search_pod', { query: 'boxes' })).not.to.have.property('outside');
    await call(tied, 'update_task', { task: '#1', title: 'Poison again' });
    expect(await task()).to.include({ outside: true });
  });

  it('stay with a file that an agent writes on, and go with a person’s version', async () => {
    const { ada, scribe, does, doc } = office.world;
    await written();
    const { files } = await does(ada, 'list_files');
    const file = () => doc(FILES, files[0].id);
    await does(scribe, 'put_file', { name: 'poison.md', text: 'Rewritten', base: 1 });
    const marked = { trust: 'outside', source: { kind: 'agent', agent: scribe } };
    expect((await file())?.labels).to.deep.equal({ hash: marked });
    await does(ada, 'put_file', { name: 'poison.md', text: 'Clean', base: 2 });
    expect(await file()).not.to.have.property('labels');
  });

  it('are marked by the log alone: a rebuilt view says the same', async () => {
    await written();
    const read = makeReader(office.world.store);
    const commits = await read.commits(office.world.pod, 1, await read.head(office.world.pod));
    expect(commits.filter(({ label }) => label?.trust === 'outside').map(({ action }) => action)).to.deep.equal([
      ...['create_task', 'record_learning', 'put_file', 'start_conversation'],
    ]);
    const { ada, does, fold, pod } = office.world;
    const seen = async () => [
      await does(ada, 'list_tasks'),
      await does(ada, 'read_pod'),
      await does(ada, 'read_file', { name: 'poison.md' }),
      await does(ada, 'read_conversation', { conversation: 'all' }),
    ];
    const before = await seen();
    for (const one of before) expect(one).to.include({ outside: true });
    await rebuild(fold, pod);
    expect(await seen()).to.deep.equal(before);
  });

  it('are in no word of a session that took in none', async () => {
    const other = await elsewhere();
    await call(other, 'create_task', { title: 'Clean' });
    expect((await call(await elsewhere(), 'list_tasks')).text).not.to.contain('outside');
    office.script.push(calls(['list_tasks']), says('Clean.'));
    await office.hears(office.world.ada, '@pilot what is open?');
    await office.carry(office.world.delivered.filter(({ kind }) => kind === 'wake'));
    expect((await office.thread()).at(-1)).to.equal('Pilot: Clean.');
    const commits = await office.world.commits();
    expect(commits.some(({ label }) => label)).to.equal(false);
  });
});
