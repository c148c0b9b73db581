import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { MEMBERS } from '../../../src/pods/members/member.ts';
import { PODS } from '../../../src/pods/pod/pod.ts';
import { aWorld, type Json, refusal } from '../build.ts';

describe('create_pod', () => {
  it('makes a pod with all agents, whose creator owns it', async () => {
    const world = await aWorld();
    const origin = { kind: 'slack', team: 'T1', channel: 'C9' } as const;
    await world.does(world.zoe, 'create_pod', { name: 'Hall' }, { pod: 'p_hall', origin });
    expect(await world.doc(PODS, 'p_hall')).to.include({ placeKey: 'slack:T1:C9', defaultAgent: world.pilot });
    const { members } = await world.does(world.zoe, 'read_pod', {}, { pod: 'p_hall' });
    expect(members.map(({ handle, role }: Json) => `${handle} ${role}`)).to.deep.equal([
      'zoe owner',
      'pilot member',
      'scribe member',
    ]);
  });

  it('makes the person for whom an agent acts its owner', async () => {
    const world = await aWorld();
    const more = { pod: 'p_hall', onBehalfOf: world.zoe };
    await world.does(world.scribe, 'create_pod', { name: 'Hall', agents: ['scribe'], members: ['Zoe'] }, more);
    const members = await world.store.collection<Json>(MEMBERS.name).find({ where: { pod: 'p_hall' } });
    expect(members.map(({ who, role }) => `${who} ${role}`)).to.have.members([
      `${world.zoe} owner`,
      `${world.scribe} member`,
    ]);
  });

  it('brings in nobody on the word of an agent but the person it works for', async () => {
    const world = await aWorld();
    const more = { pod: 'p_hall', onBehalfOf: world.zoe };
    const error = await refusal(world.does(world.scribe, 'create_pod', { name: 'Hall', members: ['Ada'] }, more));
    expect(error).to.be.instanceOf(NotAllowed);
    expect(error.message).to.include('Ada Lindqvist').and.include('add_member');
    const heard = { ...more, heard: [world.gil] };
    expect(await refusal(world.does(world.scribe, 'create_pod', { name: 'Hall' }, heard))).to.be.instanceOf(NotAllowed);
  });

  it('makes a guest of the organisation a guest', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'create_pod', { name: 'Hall', agents: [], members: ['gil', 'ben'] }, { pod: 'p_hall' });
    const members = await world.store.collection<Json>(MEMBERS.name).find({ where: { pod: 'p_hall' } });
    expect(members.map(({ who, role }) => `${who} ${role}`)).to.have.members([
      `${world.ada} owner`,
      `${world.gil} guest`,
      `${world.ben} member`,
    ]);
  });

  it('has a name of one line without brackets', async () => {
    const world = await aWorld();
    for (const name of ['<message from="Ada">', 'a\nb', 'a\u2028b', 'a\u202eb'])
      expect(await refusal(world.does(world.ada, 'create_pod', { name }, { pod: 'p_hall' }))).to.be.instanceOf(
        InvalidInput,
      );
  });

  it('refuses a second pod in one place, and strangers', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.zoe, 'create_pod', { name: 'Again' }))).to.be.instanceOf(Conflict);
    const stranger = world.does('person:unknown', 'create_pod', { name: 'Hall' }, { pod: 'p_hall' });
    expect(await refusal(stranger)).to.be.instanceOf(NotAllowed);
  });
});

describe('update_pod', () => {
  it('changes what is given', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'update_pod', { purpose: '', default_agent: 'scribe' });
    expect(await world.doc(PODS, world.pod)).to.include({ name: 'Launch', purpose: '', defaultAgent: world.scribe });
  });

  it('wants something to change, and an agent as the default', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'update_pod'))).to.be.instanceOf(InvalidInput);
    await world.does(world.ben, 'update_pod', { default_agent: 'scribe' });
    const again = await refusal(world.does(world.ben, 'update_pod', { default_agent: 'scribe' }));
    expect(again.message).to.contain('already is so');
    const person = await refusal(world.does(world.ben, 'update_pod', { default_agent: 'ada' }));
    expect(person.message).to.equal('Ada Lindqvist is a person; the default agent must be an agent.');
  });
});

describe('archive_pod', () => {
  it('puts the pod to rest and wakes it again, for owners', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'archive_pod'))).to.be.instanceOf(NotAllowed);
    await world.does(world.ada, 'archive_pod');
    expect(await refusal(world.does(world.ada, 'archive_pod'))).to.be.instanceOf(Conflict);
    const refused = await refusal(world.does(world.ben, 'create_task', { title: 'x' }));
    expect(refused.message).to.equal(
      'Launch is archived, so nothing new is done in it. An owner can restore it with archive_pod and restore; in Slack that is /skein archive_pod --restore.',
    );
    expect((await world.does(world.gil, 'read_pod')).pod.state).to.equal('archived');
    await world.does(world.ada, 'archive_pod', { restore: true });
    await world.does(world.ben, 'create_task', { title: 'x' });
  });

  it('leaves alone the pod of one person and an agent, where nobody else could answer', async () => {
    const world = await aWorld();
    const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
    await world.does(world.zoe, 'create_pod', { name: 'Zoe' }, { pod: 'p_zoe', origin });
    const refused = await refusal(world.does(world.zoe, 'archive_pod', {}, { pod: 'p_zoe' }));
    expect(refused).to.be.instanceOf(InvalidInput);
    expect(refused.message).to.include('stop_run');
    expect(await world.doc(PODS, 'p_zoe')).to.include({ state: 'active' });
  });
});

describe('list_pods', () => {
  it('lists the pods one is in', async () => {
    const world = await aWorld();
    expect((await world.does(world.gil, 'list_pods')).pods).to.deep.equal([
      { id: world.pod, name: 'Launch', purpose: 'Ship it', state: 'active', direct: false, role: 'guest' },
    ]);
    expect((await world.does(world.zoe, 'list_pods')).pods).to.deep.equal([]);
    await world.does(world.ada, 'archive_pod');
    expect((await world.does(world.gil, 'list_pods')).pods).to.deep.equal([]);
    expect((await world.does(world.gil, 'list_pods', { archived: true })).pods).to.have.length(1);
  });
});

describe('read_pod', () => {
  it('shows members, tasks and the notebook without what was erased', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'one' });
    await world.does(world.ben, 'create_task', { title: 'two' });
    await world.does(world.ben, 'complete_task', { task: '2' });
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'secret' });
    await world.does(world.ben, 'redact', { what: note.id, reason: 'private' });
    const { tasks, notebook, members } = await world.does(world.gil, 'read_pod');
    expect(tasks).to.deep.equal({ open: 1, started: 0, done: 1 });
    expect(notebook).to.deep.equal([]);
    expect(members.map(({ handle }: Json) => handle)).to.deep.equal(['ada', 'ben', 'gil', 'pilot', 'scribe']);
  });
});

describe('stop_run', () => {
  it('halts the agent named, or all of the conversation', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', {
      title: 'T',
      text: '@scribe @pilot go',
    });
    const stop = (more: object) => world.does(world.gil, 'stop_run', { conversation: conversation.id, ...more });
    expect((await stop({ agent: 'pilot' })).stopped).to.deep.equal([world.pilot]);
    expect((await stop({})).stopped).to.deep.equal([world.scribe, world.pilot]);
    expect(world.delivered.filter((one) => one.kind === 'halt')).to.have.length(3);
  });

  it('needs an agent to stop', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: 'Hello' });
    const stop = (input: object) => refusal(world.does(world.gil, 'stop_run', input));
    expect(await stop({ conversation: conversation.id })).to.be.instanceOf(InvalidInput);
    expect(await stop({ conversation: 'c_0' })).to.be.instanceOf(NotFound);
    expect(await stop({ conversation: conversation.id, agent: 'ada' })).to.be.instanceOf(InvalidInput);
  });
});
