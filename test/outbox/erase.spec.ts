import { expect } from 'chai';
import { SESSION_SPECS } from '../../src/agents/session.ts';
import { WORDING_SPEC } from '../../src/outbox/digest.ts';
import { eraseAll } from '../../src/outbox/erase.ts';
import type { Delivery } from '../../src/pods/commit.ts';
import { sha256 } from '../../src/pods/ids.ts';
import { LOG_SPECS, VIEW_SPECS } from '../../src/pods/views.ts';
import { aWorld, type World } from '../pods/build.ts';
import { memoryStore } from '../store/memory.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

describe('erasing', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, WORDING_SPEC]) });
  });
  const erased = () => world.delivered.find(({ kind }) => kind === 'erase') as Erase;
  const hash = sha256(new TextEncoder().encode('the same'));

  it('takes the content of a file that nothing else shows, twice without complaint', async () => {
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.txt', text: 'the same' });
    await world.does(world.ada, 'redact', { what: file.id, reason: 'wrong' });
    await eraseAll(world.store, erased());
    await eraseAll(world.store, erased());
    expect(await world.store.blobs.open(world.pod, hash)).to.equal(undefined);
  });

  it('keeps a content that another file has come to show since it was decided', async () => {
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.txt', text: 'the same' });
    await world.does(world.ada, 'redact', { what: file.id, reason: 'wrong' });
    await world.does(world.ben, 'put_file', { name: 'b.txt', text: 'the same' });
    expect(erased().blobs).to.deep.equal([hash]);
    await eraseAll(world.store, erased());
    expect(await world.store.blobs.open(world.pod, hash)).not.to.equal(undefined);
  });

  it('takes the texts of a message and what search knows of it', async () => {
    const { message, conversation } = await world.does(world.ada, 'start_conversation', {
      title: 'T',
      text: 'zanzibar',
    });
    await world.does(world.ada, 'edit_message', { message: message.id, text: 'zanzibar again' });
    expect(await world.store.search.query(world.pod, 'zanzibar', 10)).not.to.deep.equal([]);
    await world.does(world.ada, 'delete_message', { message: message.id });
    await eraseAll(world.store, erased());
    expect((await world.store.bodies.get(erased().bodies)).size).to.equal(0);
    expect(erased().bodies).to.have.length(2);
    const found = await world.store.search.query(world.pod, 'zanzibar', 10);
    expect(found.filter(({ id }) => id !== conversation.id)).to.deep.equal([]);
  });
});
