import { expect } from 'chai';
import { gate } from '../../src/agents/gate/gate.ts';
import { RUN_SPEC } from '../../src/agents/runs/record.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import { makeAct } from '../../src/log/act.ts';
import { apply, type Head, LOG_SPECS } from '../../src/log/fold.ts';
import { savingDeliveries } from '../../src/outbox/save-deliveries.ts';
import { CONVERSATIONS } from '../../src/pods/conversations/conversation.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import { deliveriesOf } from '../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { NOW } from '../lanes/build.ts';
import { aWorld, openStore } from '../pods/build.ts';
import { memoryData, memoryStore } from '../store/memory.ts';

describe('fold', () => {
  it('may apply any commit again, however late, and nothing changes', async () => {
    const data = memoryData();
    const world = await aWorld({ store: openStore(data) });
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: '@scribe one' });
    await world.does(world.ben, 'post_message', { conversation: conversation.id, text: 'two' });
    const { note } = await world.does(world.ada, 'record_learning', { learning: 'secret' });
    await world.does(world.ada, 'redact', { what: note.id, reason: 'private' });
    const before = structuredClone([data.docs, data.postings]);
    const delivered = world.delivered.length;
    for (const commit of await world.commits()) {
      await apply(world.fold, commit);
      // Another process may have read the commit while it was pending.
      await apply(world.fold, { ...commit, pending: true, rev: 1 });
    }
    expect([data.docs, data.postings]).to.deep.equal(before);
    expect(world.delivered).to.have.length(delivered);
    expect(await world.doc(CONVERSATIONS, conversation.id)).to.include({ messages: 2 });
  });

  it('settles a commit with deliveries in one write, where the store makes several as one', async () => {
    const steps: string[] = [];
    const step = async (what: string) => void (what.startsWith('before writeAll') && steps.push(what));
    const store = memoryStore([...LOG_SPECS, ...VIEW_SPECS, RUN_SPEC], { step, whole: true });
    const world = await aWorld({ store });
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: 'one' });
    steps.length = 0;
    await world.does(world.ada, 'post_message', { conversation: conversation.id, text: '@scribe two' });
    const [commit] = (await world.commits()).slice(-1);
    expect(commit).to.deep.include({ pending: false });
    expect(commit?.deliveries).not.to.deep.equal([]);
    expect(steps).to.have.length(2);
    expect(steps[1]).to.equal(`before writeAll replace heads ${commit?.pod}, replace commits ${commit?.id}`);
  });

  it('saves a commit with its deliveries in one write, where both can be written together', async () => {
    const steps: string[] = [];
    const step = async (what: string) => void (what.startsWith('before writeAll') && steps.push(what));
    const specs = [...LOG_SPECS, ...VIEW_SPECS, RUN_SPEC, ...laneSpecs('outbox')];
    const store = memoryStore(specs, { step, whole: true });
    const outbox = makeQueue(store, 'outbox', () => NOW);
    const world = await aWorld({ store });
    const act = makeAct({
      ...{ store, ...meaningWith(gate), clock: () => NOW },
      deliver: () => Promise.reject(new Error('Nothing is saved later.')),
      savingDeliveries: (deliveries) => savingDeliveries(outbox, deliveriesOf({ deliveries: [...deliveries] })),
    });
    const says = (text: string) =>
      act({
        ...{ pod: world.pod, actor: world.ada, via: 'cli', action: 'start_conversation', key: text },
        input: { title: 'Boxes', text },
      });
    await says('one');
    steps.length = 0;
    const { commit } = await says('@scribe two');
    expect(commit).to.deep.include({ pending: false });
    expect(steps).to.have.length(1);
    const saved = await Promise.all((commit?.deliveries ?? []).map(({ id }) => outbox.items.get(id)));
    expect(saved.map((one) => one?.state)).to.deep.equal(commit?.deliveries.map(() => 'waiting'));
    expect(saved).not.to.deep.equal([]);
    expect(await store.collection<Head>('heads').get(world.pod)).to.include({ applied: commit?.seq });
  });

  it('folds all changes of one commit to one document at once', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: 'one' });
    expect(await world.doc(CONVERSATIONS, conversation.id)).to.include({ rev: 1, messages: 1 });
  });
});
