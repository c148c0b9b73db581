// After a question that nobody answered, its agent has no effect beyond the pod until a person who could answer writes.
import { expect } from 'chai';
import { callTools } from '../../../src/agents/runs/calls/call-tools.ts';
import { openSession } from '../../../src/agents/sessions/open-session.ts';
import type { AgentId, ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { questionsDue } from '../../../src/pods/questions/due/due.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import type { McpOutcome } from '../../../src/tools/mcp/client.ts';
import { aServer } from '../../tools/mcp-builders.ts';
import { anOffice, never, type Office, type Process, reaching, useTool } from '../office.ts';

const TOOLS = ['ask', 'redact', 'create_pod', 'create_task', 'delete_message', 'read_pod', 'mcp:crm'];

describe('a question that nobody answered', () => {
  let office: Office;
  let desk: Process;
  let made: unknown[];
  let n: number;
  beforeEach(async () => {
    office = await anOffice();
    desk = office.process();
    [made, n] = [[], 0];
    const { does, ada } = office.world;
    for (const agent of ['scribe', 'pilot']) await does(ada, 'update_agent', { agent, tools: TOOLS });
  });

  const call = async (name: string, input: object, agent: AgentId = office.world.scribe, at = office.conversation) => {
    const { pod, ada } = office.world;
    const session = await openSession(desk.deps, { pod, conversation: at, agent });
    const caller = { session, n: ++n, heard: [ada], tools: TOOLS, signal: never };
    const { results } = await callTools(desk.deps, caller, [{ id: 't', name, input, block: 0 }]);
    return results[0]?.content ?? '';
  };
  /** A call of a server's tool: `act` makes the permit, then the server is called. */
  const sends = async () => {
    const { pod, scribe, ada } = office.world;
    const schema = { type: 'object', properties: {}, additionalProperties: true };
    const deps = reaching(desk.deps, [aServer({ effect: 'write' })], {
      tools: async () => [{ name: 'add', description: 'Adds.', inputSchema: schema }] as never,
      call: async ({ input }: { input: unknown }): Promise<McpOutcome> => {
        made.push(input);
        return { kind: 'answered', text: 'added', isError: false };
      },
    });
    const session = await openSession(desk.deps, { pod, conversation: office.conversation, agent: scribe });
    return (await useTool(deps, { session, heard: [ada], n: ++n }, { tool: 'mcp:crm/add', input: { who: 'Ada' } }))
      .text;
  };
  const asks = (to: string[] = ['ben']) =>
    call('ask', { to, question: 'Send it?', options: ['Yes', 'No'], needed_by: '1h', otherwise: 'Yes' });
  const expires = async (): Promise<void> => {
    const { world } = office;
    const read = makeReader(world.store);
    const open = () => read.find(QUESTIONS, { where: { pod: world.pod, state: 'open' } });
    for (let left = await open(); left.length; left = await open()) {
      world.clock.now = Math.max(world.clock.now, ...left.map(({ dueAt }) => dueAt));
      const { due } = await questionsDue.look(read, world.clock.now);
      for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
    }
  };
  const unheard = 'nobody answered q1, and the default does not cover this';
  const writes = (who: ParticipantId, text: string) =>
    office.world.does(who, 'post_message', { conversation: office.conversation, text });

  it('keeps its agent from a server’s writing tool, and from what reaches beyond the pod or can’t be undone', async () => {
    await call('create_task', { title: 'Boxes' });
    await asks();
    expect(await sends()).to.include('added');
    await expires();
    expect(await sends())
      .to.include(unheard)
      .and.include('Ask again');
    expect(await call('create_pod', { name: 'Sales', purpose: 'Sell' })).to.include(unheard);
    expect(await call('redact', { what: '#1' })).to.include(unheard);
    expect(made).to.have.length(1);
    expect((await office.world.commits()).filter(({ action }) => action === 'permit')).to.have.length(1);
  });

  it('leaves its agent its work in the pod, other agents theirs, and itself in other conversations', async () => {
    const { world } = office;
    await asks();
    await expires();
    expect(await call('create_task', { title: 'Boxes' })).to.include('Boxes');
    expect(await call('create_pod', { name: 'Sales', purpose: 'Sell' }, world.pilot)).not.to.include('nobody answered');
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Other', text: 'Hi' });
    const there = await call('create_pod', { name: 'Two', purpose: 'Two' }, world.scribe, conversation.id);
    expect(there).not.to.include('nobody answered');
  });

  it('holds until a person who was asked writes, and no word of anybody else lifts it', async () => {
    const { ada, ben, gil, pilot } = office.world;
    await asks();
    await writes(ben, 'Which one do you mean?');
    await expires();
    await writes(gil, 'Yes');
    await writes(ada, 'Any news?');
    await writes(pilot, 'Ben says yes.');
    await asks(['gil']);
    await office.world.does(gil, 'answer_question', { question: 'q2', choice: 'Yes' });
    expect(await sends()).to.include(unheard);
    await writes(ben, 'Let me check.');
    expect(await sends()).to.include(unheard);
    await writes(ben, 'Sorry, I was away. Yes.');
    expect(await sends()).to.include('added');
  });

  it('is lifted by a late answer, by the answer when asked again, and by an owner’s answer if those asked have left', async () => {
    const { ada, ben } = office.world;
    await asks();
    await expires();
    await office.world.does(ben, 'answer_question', { question: 'q1', choice: 'Yes' });
    expect(await sends()).to.include('added');
    await asks();
    await expires();
    expect(await sends()).to.include('nobody answered q2');
    await asks();
    await office.world.does(ben, 'answer_question', { question: 'q3', choice: 'Yes' });
    expect(await sends()).to.include('added');
    await asks();
    await expires();
    await office.world.does(ada, 'remove_member', { who: 'ben' });
    await asks(['owners']);
    expect(await sends()).to.include('nobody answered q4');
    await office.world.does(ada, 'answer_question', { question: 'q5', choice: 'Yes' });
    expect(await sends()).to.include('added');
  });

  it('holds for each group that was asked, and for the agent that has the task by then', async () => {
    const { world } = office;
    await world.does(world.ada, 'create_task', {
      ...{ title: 'Hall', assignee: 'scribe', conversation: office.conversation },
    });
    await asks(['ben']);
    await asks(['gil']);
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'pilot' });
    await expires();
    for (const agent of [world.scribe, world.pilot])
      expect(await call('create_pod', { name: 'Sales', purpose: 'Sell' }, agent)).to.include('nobody answered q1, q2');
    await writes(world.ben, 'Yes.');
    for (const agent of [world.scribe, world.pilot])
      expect(await call('create_pod', { name: 'Sales', purpose: 'Sell' }, agent)).to.include('nobody answered q2,');
  });
});
