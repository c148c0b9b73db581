// A pod stays hidden from people who are not in it: by name or by a guessed id, they get the answer for a pod that does not exist.
import { expect } from 'chai';
import { callTools } from '../../src/agents/runs/calls/call-tools.ts';
import { openSession } from '../../src/agents/sessions/open-session.ts';
import { slackPodId } from '../../src/log/place.ts';
import { makeReader } from '../../src/log/read.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import { anyoneNamed } from '../../src/pods/people/directory.ts';
import { podFor, takesPod } from '../../src/pods/pod/pod-named.ts';
import { toolsFor } from '../../src/tools/from-actions/action-spec.ts';
import { anOffice, never } from '../agents/office.ts';
import { aWorld, refusal } from './build.ts';

/** Derived from the channel's id, as anybody can do. */
const HIDDEN = slackPodId('T1', 'C_LAYOFFS');
const NONE = slackPodId('T1', 'C_NOTHING');
const origin = { kind: 'slack' as const, team: 'T1', channel: 'C_LAYOFFS' };

async function withHidden<W extends Awaited<ReturnType<typeof aWorld>>>(world: W): Promise<W> {
  const { ada, does } = world;
  await does(ada, 'create_pod', { name: 'Layoffs', purpose: 'Whom to let go' }, { pod: HIDDEN, origin });
  const { conversation, message } = await does(
    ada,
    'start_conversation',
    { title: 'Whom', text: 'Gil' },
    { pod: HIDDEN },
  );
  await does(ada, 'create_task', { title: 'Tell Gil' }, { pod: HIDDEN });
  Object.assign(world, { hiddenThread: conversation.id, hiddenMessage: message.id });
  return world;
}
const told = (error: Error) => error.message.replaceAll(HIDDEN, 'ID').replaceAll(NONE, 'ID');

/** A valid input for each action on a pod. */
const INPUTS: Record<string, unknown> = {
  update_pod: { name: 'X' },
  add_member: { who: 'zoe' },
  change_role: { who: 'ada', role: 'guest' },
  remove_member: { who: 'ada' },
  start_conversation: { title: 'X', text: 'X' },
  post_message: { conversation: 'c_x', text: 'X' },
  edit_message: { message: 'm_x', text: 'X' },
  delete_message: { message: 'm_x' },
  stop_run: { conversation: 'c_x' },
  pause_run: { conversation: 'c_x' },
  resume_run: { conversation: 'c_x' },
  take_over: { conversation: 'c_x' },
  hand_back: { conversation: 'c_x', note: 'X' },
  retry_run: { message: 'm_x' },
  separate_mail: { message: 'm_x' },
  create_task: { title: 'X' },
  update_task: { task: '#1', title: 'X' },
  assign_task: { task: '#1', assignee: 'ada' },
  give_back_task: { task: '#1', reason: 'Not me' },
  start_task: { task: '#1' },
  complete_task: { task: '#1' },
  reopen_task: { task: '#1' },
  change_dependencies: { task: '#1', remove: ['#2'] },
  request_review: { task: '#1', reviewers: ['ben'] },
  approve: { task: '#1' },
  send_back: { task: '#1', comments: 'Not yet' },
  drop_task: { task: '#1', reason: 'Not needed' },
  merge_tasks: { task: '#1', into: '#2' },
  put_file: { name: 'x.md', text: 'X' },
  read_file: { name: 'x.md' },
  record_decision: { decision: 'X' },
  record_learning: { learning: 'X' },
  search_pod: { query: 'gil' },
  redact: { what: '#1' },
  accept_mail: { mail: 'h_x' },
  reject_mail: { mail: 'h_x' },
};

describe('a pod that one is not in', () => {
  for (const definition of [...ACTIONS.values()].filter((one) => !one.internal && takesPod(one)))
    it(`is none to ${definition.name}, in person and through an agent, also with ids that exist in it`, async () => {
      const world = await withHidden(await aWorld());
      const { zoe, scribe, pilot, act } = world;
      const { hiddenThread, hiddenMessage } = world as unknown as Record<string, string>;
      const known = JSON.parse(
        JSON.stringify(INPUTS[definition.name] ?? {})
          .replace('c_x', hiddenThread ?? '')
          .replace('m_x', hiddenMessage ?? ''),
      );
      const asks = (pod: string, more: object) =>
        refusal(
          act({
            pod,
            actor: zoe,
            via: 'cli',
            action: definition.name,
            input: known,
            key: `k${Math.random()}`,
            ...more,
          }),
        );
      for (const more of [{}, { actor: scribe, onBehalfOf: zoe }, { actor: pilot, onBehalfOf: zoe, home: 'p_other' }]) {
        const [there, nowhere] = [await asks(HIDDEN, more), await asks(NONE, more)];
        expect(told(there)).to.equal(told(nowhere));
        expect(there.constructor).to.equal(nowhere.constructor);
        expect(there.message).not.to.match(/layoffs|let go|C_LAYOFFS/i);
      }
    });

  it('is none on the command line, by its name and by its id', async () => {
    const { zoe, store } = await withHidden(await aWorld());
    const read = makeReader(store);
    const actor = await anyoneNamed(read, zoe);
    const definition = ACTIONS.get('read_pod');
    if (!definition) throw new Error('read_pod');
    const asks = (text: string) => refusal(podFor(read, definition, actor, text, 'k'));
    const names = [
      [HIDDEN, NONE],
      ['Layoffs', 'Nothing'],
    ] as const;
    for (const [there, nowhere] of names) {
      const [first, second] = [await asks(there), await asks(nowhere)];
      expect(first.message.replaceAll(there, 'X')).to.equal(second.message.replaceAll(nowhere, 'X'));
      expect(first.constructor).to.equal(second.constructor);
    }
  });

  it('that is misspelt is suggested to those who are in it, and to nobody else', async () => {
    const { ada, zoe, store } = await withHidden(await aWorld());
    const read = makeReader(store);
    const definition = ACTIONS.get('read_pod');
    if (!definition) throw new Error('read_pod');
    const says = async (who: typeof ada, text: string) =>
      (await refusal(podFor(read, definition, await anyoneNamed(read, who), text, 'k'))).message;
    expect(await says(ada, '#Layofs')).to.equal(
      `Ada Lindqvist is in no pod “#Layofs”. Did you mean Layoffs (${HIDDEN})? If another pod is meant, one of its owners can add them.`,
    );
    expect(await says(ada, 'Lauch')).to.match(/“Lauch”\. Did you mean Launch \(\S+\)\?/);
    expect(await says(ada, 'Mill')).to.match(/“Mill”\. Theirs: /);
    const hers = await says(zoe, 'Layofs');
    expect(hers).to.equal((await says(zoe, 'Nothin')).replace('Nothin', 'Layofs'));
    expect(hers).not.to.include('Layoffs');
  });

  it('is not found by the key that somebody else made theirs with', async () => {
    const { ada, zoe, store } = await aWorld();
    const read = makeReader(store);
    const create = ACTIONS.get('create_pod');
    if (!create) throw new Error('create_pod');
    const ids = await Promise.all(
      [ada, zoe, ada].map(async (who) => podFor(read, create, await anyoneNamed(read, who), undefined, 'cli:plan')),
    );
    expect(ids[0]).to.equal(ids[2]).and.not.equal(ids[1]);
  });

  it('is not told by list_pods, whichever pod it is asked in', async () => {
    const world = await withHidden(await aWorld());
    const { ada, zoe, scribe, act } = world;
    const lists = async (pod: string, more: object) =>
      (
        await act<{ pods: { name: string }[] }>({
          ...{ pod, actor: scribe, via: 'model', action: 'list_pods' },
          ...{ input: {}, key: 'k' },
          ...more,
        })
      ).result.pods.map(({ name }) => name);
    expect(await lists(HIDDEN, { onBehalfOf: zoe })).to.deep.equal([]);
    expect(await lists(HIDDEN, { onBehalfOf: ada, heard: [zoe] })).to.deep.equal([]);
    expect(await lists(HIDDEN, { actor: zoe })).to.deep.equal([]);
    // An agent that works there knows the name of its pod.
    expect(await lists(HIDDEN, { onBehalfOf: ada })).to.deep.equal(['Layoffs']);
    expect(await lists(HIDDEN, {})).to.deep.equal(['Layoffs']);
    // In another person's DM it does not list the pod.
    const dm = { kind: 'slack' as const, team: 'T1', channel: 'D1', direct: true };
    await world.does(ada, 'create_pod', { name: 'Ada' }, { pod: 'p_dm', origin: dm });
    expect(await lists('p_dm', { onBehalfOf: zoe })).to.deep.equal([]);
    expect(await lists('p_dm', { onBehalfOf: ada })).to.deep.equal(['Ada', 'Launch', 'Layoffs']);
  });

  it('is no target of an agent in a direct conversation: list_pods takes none there', async () => {
    const office = await anOffice();
    const world = await withHidden(office.world);
    const { zoe, scribe, does } = world;
    const dm = { kind: 'slack' as const, team: 'T1', channel: 'D2', direct: true };
    await does(zoe, 'create_pod', { name: 'Zoe' }, { pod: 'p_dm', origin: dm });
    const { conversation } = await does(zoe, 'start_conversation', { title: 'Hi', text: 'Hi' }, { pod: 'p_dm' });
    const desk = office.process();
    const session = await openSession(desk.deps, { pod: 'p_dm', conversation: conversation.id, agent: scribe });
    const tools = ['list_pods', 'read_pod', 'list_tasks', 'pod_history', 'search_pod', 'read_conversation'];
    const caller = { session, n: 1, heard: [zoe], tools, direct: true, signal: never };
    const says = async (name: string, input: object) =>
      (await callTools(desk.deps, caller, [{ id: 't', name, input, block: 0 }])).results[0]?.content ?? '';
    for (const [name, input] of [
      ['list_pods', {}],
      ['read_pod', {}],
      ['list_tasks', {}],
      ['pod_history', {}],
      ['search_pod', { query: 'gil' }],
      ['read_conversation', { conversation: 'all' }],
    ] as const) {
      const [there, nowhere] = [await says(name, { ...input, pod: HIDDEN }), await says(name, { ...input, pod: NONE })];
      expect(there.replaceAll(HIDDEN, 'ID'), name).to.equal(nowhere.replaceAll(NONE, 'ID'));
      expect(there, name).not.to.match(/layoffs|let go/i);
    }
    const [list, read] = toolsFor(ACTIONS, ['list_pods', 'read_pod'], { direct: true, others: false });
    expect(JSON.stringify(list?.input_schema)).not.to.include('"pod"');
    expect(JSON.stringify(read?.input_schema)).to.include('"pod"');
  });

  it('has no message, erased or not, in another pod', async () => {
    const world = await withHidden(await aWorld());
    const { ada, ben, does } = world;
    const { hiddenMessage = '' } = world as unknown as Record<string, string>;
    const asks = async (message: string) =>
      (await refusal(does(ben, 'delete_message', { message }))).message.replace(message, 'ID');
    const nothing = await asks('m_nothing');
    expect(await asks(hiddenMessage)).to.equal(nothing);
    await does(ada, 'delete_message', { message: hiddenMessage }, { pod: HIDDEN });
    expect(await asks(hiddenMessage)).to.equal(nothing);
  });

  it('takes no name: another of its name, and an agent of the handle, are made as if there were none', async () => {
    const world = await withHidden(await aWorld());
    const { zoe, does } = world;
    const claims = async (of: string, name: string) => (await does('skein', 'claim_address', { of, name })).slug;
    expect(await claims(HIDDEN, 'Layoffs')).to.equal('layoffs');
    expect((await does(zoe, 'create_pod', { name: 'Layoffs' }, { pod: 'p_zoe' })).pod.name).to.equal('Layoffs');
    // The answer does not count other pods of that name.
    const second = await claims('p_zoe', 'Layoffs');
    expect(second)
      .to.match(/^layoffs-[a-z0-9]{4}$/)
      .and.not.match(/-\d+$/);
    const facts = { handle: 'layoffs', name: 'Layoffs bot', purpose: 'Helps.', instructions: 'Be brief.' };
    expect((await does(zoe, 'create_agent', facts)).agent.handle).to.equal('layoffs');
  });

  it('is not told in a channel by an agent of somebody who is in it', async () => {
    const { ada, pilot, does } = await withHidden(await aWorld());
    await does('skein', 'claim_address', { of: HIDDEN, name: 'Layoffs' });
    const facts = { handle: 'layoffs', name: 'Helper', purpose: 'Helps.', instructions: 'Be brief.' };
    expect((await refusal(does(ada, 'create_agent', facts))).message).to.include('the pod “Layoffs”');
    const asked = { onBehalfOf: ada, via: 'model' as const, home: 'p_launch' };
    expect((await does(pilot, 'create_agent', facts, asked)).agent.handle).to.equal('layoffs');
  });

  it('is not named to who has just left it, nor to who makes a pod where one is', async () => {
    const { ada, ben, zoe, does, act } = await withHidden(await aWorld());
    await does(ada, 'remove_member', { who: 'ben' });
    expect((await refusal(does(ben, 'list_tasks'))).message).not.to.include('Launch');
    const again = {
      pod: HIDDEN,
      actor: zoe,
      via: 'slack' as const,
      action: 'create_pod',
      input: { name: 'X' },
      key: 'x',
      origin,
    };
    expect((await refusal(act(again))).message).to.match(/^This already is a pod\./);
  });
});
