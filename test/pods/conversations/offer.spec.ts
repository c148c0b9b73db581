// An agent that is called in a pod where it is not: nobody answers in its place, and a member can bring it in.
import { expect } from 'chai';
import type { AgentId } from '../../../src/log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('a message that names an agent which is not in the pod', () => {
  let world: World;
  let conversation: string;
  const ledger: AgentId = 'agent:ledger';
  beforeEach(async () => {
    world = await aWorld();
    const facts = { handle: 'ledger', name: 'Ledger', purpose: 'Counts.', instructions: 'Count.', tools: ['read_pod'] };
    await world.does('skein', 'import_agent', facts, { origin: { kind: 'manifest', hash: 'ledger-1' } });
    const opened = await world.does(world.ada, 'start_conversation', { title: 'Plan', text: '@scribe hello' });
    conversation = opened.conversation.id;
    await world.does(world.scribe, 'post_message', { conversation, text: 'Hello Ada' });
    world.delivered.length = 0;
  });

  const says = (who: World['ada'], text: string): Promise<Json> =>
    world.does(who, 'post_message', { conversation, text });
  const wakes = () => world.delivered.splice(0).flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));
  const lines = async (): Promise<MessageDoc[]> => {
    const all = await world.store.collection<MessageDoc>(MESSAGES.name).find({ where: { conversation } });
    return all.filter(({ by }) => by === 'skein').sort((a, b) => a.posted - b.posted);
  };
  const textOf = async (id = ''): Promise<string> =>
    (await world.does(world.ada, 'read_conversation', { conversation })).messages.find((one: Json) => one.id === id)
      .text;

  it('is answered by nobody else, and offers to add it', async () => {
    await says(world.ada, '@ledger what did the boxes cost?');
    expect(wakes()).to.deep.equal([]);
    const [line] = await lines();
    expect(await textOf(line?.id)).to.equal(
      '@ledger is not in this pod, so nobody answers this. Add it? Then it hears what was written.',
    );
    expect(line?.offer?.agents).to.deep.equal([ledger]);
    await says(world.ada, '@Skein @ledger please');
    expect(wakes()).to.deep.equal([]);
  });

  it('is still for an agent that it names beside it', async () => {
    await says(world.ada, '@scribe and @ledger, what did the boxes cost?');
    expect(wakes()).to.deep.equal([world.scribe]);
  });

  it('is heard by the agent once somebody adds it, for whoever wrote it and within the rights of both', async () => {
    const { message } = await says(world.ben, '@ledger what did the boxes cost?');
    wakes();
    const [line] = await lines();
    await world.does(world.ada, 'add_member', { who: 'ledger', offer: line?.id });
    const woken = world.delivered.splice(0).filter((one) => one.kind === 'wake');
    expect(woken).to.have.length(1);
    expect(woken[0]).to.include({ agent: ledger, conversation });
    const [offer, added] = await lines();
    expect(offer?.offer).to.deep.equal({ agents: [], message: message.id });
    expect(added).to.deep.include({ onBehalfOf: world.ben, heard: [world.ada] });
    expect(await textOf(added?.id)).to.equal('Ada Lindqvist added Ledger to this pod.');
    expect((await refusal(world.does(world.ben, 'add_member', { who: 'ledger', offer: line?.id }))).message).to.contain(
      'already is in',
    );
    expect(wakes()).to.deep.equal([]);
    await says(world.ada, '@ledger and the lids?');
    expect(wakes()).to.deep.equal([ledger]);
  });

  it('offers nothing to a guest, who reads whom to ask', async () => {
    await says(world.gil, '@ledger what did the boxes cost?');
    const [line] = await lines();
    expect(line?.offer).to.equal(undefined);
    expect(await textOf(line?.id)).to.contain('Ask a member of the pod to add it.');
  });

  it('is a message like any other where it only quotes the name, or an agent wrote it', async () => {
    await says(world.ada, 'He said “@ledger” and `@ledger`');
    await world.does(world.scribe, 'post_message', { conversation, text: '@ledger please' });
    expect(await lines()).to.deep.equal([]);
  });
});
