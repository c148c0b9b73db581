// Words of another pod, read in a direct conversation: they stay there, short of the person's own words.
import { expect } from 'chai';
import { runAgent } from '../../../src/agents/runs/agent-loop.ts';
import { callTools } from '../../../src/agents/runs/calls/call-tools.ts';
import { openSession } from '../../../src/agents/sessions/open-session.ts';
import type { SessionDoc } from '../../../src/agents/sessions/session.ts';
import type { AgentId, PersonId } from '../../../src/log/participant.ts';
import { aServer } from '../../tools/mcp-builders.ts';
import { anOffice, never, type Office, type Process, reaching, says, useTool, wakeOf } from '../office.ts';

const TOOLS = [
  ...['read_pod', 'list_pods', 'search_pod', 'list_tasks', 'create_task', 'record_learning', 'post_message'],
  ...['start_conversation', 'create_agent', 'update_agent', 'update_skill', 'attach_skill', 'create_pod'],
  ...['invite_person', 'set_digest', 'put_file'],
];
const SECRET = 'Margin is 41 percent';

describe('words of another pod', () => {
  let office: Office;
  let desk: Process;
  let n: number;
  let thread: string;

  beforeEach(async () => {
    office = await anOffice();
    desk = office.process();
    n = 0;
    const { ada, does } = office.world;
    await does(ada, 'record_decision', { decision: SECRET });
    const origin = { kind: 'slack' as const, team: 'T1', channel: 'D1', direct: true };
    await does(ada, 'create_pod', { name: 'Ada and Skein' }, { pod: 'p_dm', origin });
    thread = await opened('Hello there');
  });

  async function opened(text: string): Promise<string> {
    const { does, ada } = office.world;
    const { conversation } = await does(ada, 'start_conversation', { title: `T${++n}`, text }, { pod: 'p_dm' });
    return conversation.id;
  }
  const sessionOf = (agent: AgentId = office.world.scribe, conversation = thread): Promise<SessionDoc> =>
    openSession(desk.deps, { pod: 'p_dm', conversation, agent });
  async function call(
    name: string,
    input: object = {},
    { agent = office.world.scribe as AgentId, conversation = thread, heard = [office.world.ada] as PersonId[] } = {},
  ) {
    const session = await sessionOf(agent, conversation);
    const caller = { session, n: ++n, heard, tools: TOOLS, direct: true, signal: never };
    const { results } = await callTools(desk.deps, caller, [{ id: 't', name, input, block: 0 }]);
    return { failed: results[0]?.is_error ?? false, text: results[0]?.content ?? '' };
  }
  const adaSays = (text: string, conversation = thread) =>
    office.world.does(office.world.ada, 'post_message', { conversation, text }, { pod: 'p_dm' });
  const reads = (more = {}) => call('read_pod', { pod: office.world.pod }, more);
  const skill = (instructions: string) => ({ name: 'prices', description: 'prices', instructions });

  const beyond: [string, object][] = [
    ['create_agent', { handle: 'mole', name: 'Mole', purpose: SECRET, instructions: 'x' }],
    ['update_agent', { agent: 'pilot', instructions: SECRET }],
    ['update_skill', skill(SECRET)],
    ['create_pod', { name: 'Hall', purpose: SECRET }],
    ['create_pod', { name: SECRET }],
    ['invite_person', { email: 'm@x.example', name: 'Margin Percent' }],
  ];
  for (const [name, input] of beyond)
    it(`go into no ${name}: ${JSON.stringify(input).slice(0, 60)}`, async () => {
      expect((await reads()).text).to.include(SECRET);
      expect((await sessionOf()).sources).to.deep.equal([office.world.pod]);
      const { failed, text } = await call(name, input);
      expect(failed).to.equal(true);
      expect(text).to.include('has read the pod “Launch”').and.include('word for word');
    });

  for (const [how, read] of [
    ['search_pod', () => call('search_pod', { query: 'margin', pod: office.world.pod })],
    ['list_pods, which tells names and purposes', () => call('list_pods')],
  ] as const)
    it(`count as read by ${how}`, async () => {
      await read();
      expect((await sessionOf()).sources).to.deep.equal([office.world.pod]);
      expect((await call('update_skill', skill(SECRET))).failed).to.equal(true);
    });

  it('go where the person writes them word for word, and nothing else does with them', async () => {
    await reads();
    await adaSays('Make a skill “prices”: “margin is 41 percent”. And attach it to pilot.');
    expect((await call('update_skill', skill('Margin is 41 percent, costs are 7'))).failed).to.equal(true);
    const made = await call('update_skill', skill('Margin is 41 percent.'));
    expect(made.failed, made.text).to.equal(false);
    expect((await call('attach_skill', { agent: 'pilot', skill: 'prices' })).failed).to.equal(false);
  });

  it('are not the person’s where they only quote them', async () => {
    await reads();
    await adaSays(`Look at this:\n> ${SECRET}`);
    expect((await call('update_skill', skill(SECRET))).failed).to.equal(true);
  });

  it('stay in work of the direct conversation itself: tasks, notes, files, and the person’s own digest', async () => {
    await reads();
    for (const [name, input] of [
      ['create_task', { title: SECRET }],
      ['record_learning', { learning: SECRET }],
      ['put_file', { name: 'm.md', text: SECRET }],
      ['post_message', { text: SECRET }],
      ['set_digest', { time: '08:30' }],
    ] as const) {
      const { failed, text } = await call(name, input);
      expect(failed, `${name}: ${text}`).to.equal(false);
    }
  });

  it('tie nothing where none were read', async () => {
    await call('list_tasks');
    const made = await call('update_skill', skill('Of its own making.'));
    expect(made.failed, made.text).to.equal(false);
    expect(await sessionOf()).not.to.have.property('sources');
  });

  it('are remembered in whatever epoch', async () => {
    await reads();
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', instructions: 'Sing.' });
    expect(await sessionOf()).to.deep.include({ epoch: 2, sources: [office.world.pod] });
    expect((await call('update_skill', skill(SECRET))).failed).to.equal(true);
  });

  it('follow what an agent wrote of them: whoever reads that in another thread is tied too', async () => {
    await reads();
    await call('create_task', { title: SECRET });
    const other = await opened('Something else');
    expect((await call('list_tasks', {}, { conversation: other })).text).to.include(SECRET);
    expect((await sessionOf(office.world.scribe, other)).sources).to.deep.equal([office.world.pod]);
    expect((await call('update_skill', skill(SECRET), { conversation: other })).failed).to.equal(true);
  });

  for (const [how, prepare] of [
    ['its opening holds what an agent noted', async () => void (await call('record_learning', { learning: SECRET }))],
    ['a colleague tells it', async () => void (await call('post_message', { text: `@pilot ${SECRET}` }))],
  ] as const)
    it(`follow to a colleague when ${how}`, async () => {
      await reads();
      await prepare();
      office.world.delivered.length = 0;
      await adaSays('@pilot go on');
      office.script.push(says('Yes.'));
      const wake = office.world.delivered.find((one) => one.kind === 'wake' && one.agent === office.world.pilot);
      await runAgent(desk.deps, wakeOf(wake), never);
      expect((await sessionOf(office.world.pilot)).sources).to.deep.equal([office.world.pod]);
    });

  it('go to no tool that writes elsewhere, and to none whose input leaves, but may be looked up with at home', async () => {
    const { ada, does } = office.world;
    await does(ada, 'update_agent', { agent: 'scribe', tools: ['mcp:crm'] });
    await reads();
    const made: unknown[] = [];
    const use = async (server: object, input: object) => {
      const deps = reaching(desk.deps, [aServer({ effect: 'read', trust: 'member', ...server })], {
        tools: async () => [{ name: 'find', description: '', inputSchema: { type: 'object' } }] as never,
        call: async ({ input }: { input: unknown }) => {
          made.push(input);
          return { kind: 'answered' as const, text: 'done', isError: false };
        },
      });
      const session = await sessionOf();
      return useTool(deps, { session, heard: [ada], n: ++n }, { tool: 'mcp:crm/find', input });
    };
    for (const server of [{ effect: 'outside' }, { effect: 'write' }, { egress: true }])
      expect((await use(server, { text: SECRET })).text).to.include('has read the pod “Launch”');
    expect((await use({}, { text: `${SECRET} https://x.example` })).ok).to.equal(false);
    expect(made).to.deep.equal([]);
    expect((await use({}, { text: SECRET })).ok).to.equal(true);
    await adaSays('Send “hello there, Carl” to them');
    expect((await use({ effect: 'outside' }, { text: 'Hello there, Carl' })).ok).to.equal(true);
  });

  it('are not named to who may not know of the pod any more', async () => {
    const { ada, ben, does } = office.world;
    await does(ada, 'change_role', { who: 'ben', role: 'owner' });
    await reads();
    await does(ben, 'remove_member', { who: 'ada' });
    const { text } = await call('update_skill', skill(SECRET));
    expect(text).to.include('has read another pod').and.not.include('Launch');
  });
});
