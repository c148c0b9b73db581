import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import type { Origin } from '../../../src/log/place.ts';
import { aWorld, type Json, refusal } from '../build.ts';

describe('search_pod', () => {
  it('finds messages, tasks, files, notes and conversations, with where each stands', async () => {
    const world = await aWorld();
    const { does, ada, ben } = world;
    const { conversation, message } = await does(ada, 'start_conversation', { title: 'Crates', text: 'Which crates?' });
    const { task } = await does(ben, 'create_task', { title: 'Order crates', conversation: conversation.id });
    const { file } = await does(ben, 'put_file', { name: 'crates.md', text: 'x' });
    const { note } = await does(ben, 'record_decision', { decision: 'Crates from Oslo' });
    const { found } = await does(world.gil, 'search_pod', { query: 'crates' });
    expect(new Set(found.map(({ kind, id, text, from }: Json) => [kind, id, text, from].join(' | ')))).to.deep.equal(
      new Set([
        `conversation | ${conversation.id} | Crates | `,
        `message | ${message.id} | Which crates? | Ada Lindqvist`,
        `task | ${task.id} | #1 Order crates | Ben Okafor`,
        `file | ${file.id} | crates.md | Ben Okafor`,
        `note | ${note.id} | Crates from Oslo | Ben Okafor`,
      ]),
    );
    expect(found.find((one: Json) => one.kind === 'message').conversation).to.equal(conversation.id);
  });

  it('shows the best first, as many as asked for', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'record_learning', { learning: 'blue paper' });
    await world.does(world.ada, 'record_learning', { learning: 'blue crates' });
    await world.does(world.ada, 'record_learning', { learning: 'green crates' });
    const { found } = await world.does(world.ada, 'search_pod', { query: 'blue crates', limit: 2 });
    expect(found.map((one: Json) => one.text)).to.deep.equal(['blue crates', 'green crates']);
  });

  it('shows what the pod keeps before what was said about it, and what agents said last', async () => {
    const world = await aWorld();
    const { does, ada, scribe } = world;
    await does(ada, 'record_decision', { decision: 'The price is 9.50.' });
    const { conversation } = await does(ada, 'start_conversation', {
      title: 'Asked',
      text: '@scribe what about the price?',
    });
    const said = (text: string) => ({ conversation: conversation.id, text });
    await does(scribe, 'post_message', said('The price is 9.50.'), { onBehalfOf: ada });
    await does(ada, 'post_message', said('Thanks for the price.'));
    const { found } = await does(ada, 'search_pod', { query: 'price' });
    expect(found.map(({ kind, from }: Json) => `${kind} by ${from}`)).to.deep.equal([
      'note by Ada Lindqvist',
      'message by Ada Lindqvist',
      'message by Ada Lindqvist',
      'message by Scribe',
    ]);
  });

  it('shows the text around the first hit', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'record_learning', { learning: `${'so '.repeat(400)}Bücher ${'and '.repeat(400)}` });
    const [hit] = (await world.does(world.ada, 'search_pod', { query: 'bucher' })).found;
    expect(hit.text)
      .to.match(/^…[^…]*Bücher[^…]*…$/)
      .and.to.have.lengthOf.at.most(300);
  });

  it('shows of a message that came by mail its sender’s words alone, where there are any', async () => {
    const world = await aWorld();
    const { does, acts, ada, ben } = world;
    const shown = async (query: string) =>
      (await does(ada, 'search_pod', { query })).found
        .filter(({ kind }: Json) => kind === 'message')
        .map(({ text }: Json) => text);
    const origin = (id: string): Origin => ({ kind: 'email', messageId: `<${id}@x.example>`, raw: id });
    const takes = (id: string, input: object) =>
      acts(ben, 'take_mail', { title: `About ${id}`, text: '', files: [], ...input }, { origin: origin(id) });
    const notes = ['winmail.dat is a file of Outlook’s, and can’t be read.'];
    const { result } = await takes('crates', { text: 'Which crates do we *need*?', files: ['mail/a.pdf'], notes });
    expect(await shown('crates')).to.deep.equal(['Which crates do we *need*?']);
    await takes('lids', { notes });
    expect(await shown('lids'), 'its own subject').to.deep.equal(['About lids']);
    await takes('hinges', { outsideTitle: true, letIn: 'unproved' });
    expect(await shown('hinges'), 'another’s subject').to.deep.equal(['About hinges']);
    const replies = (text: string, more: object = {}) =>
      acts(
        ben,
        'post_message',
        { conversation: result.conversation, text },
        { origin: { ...origin(`${text}${JSON.stringify(more)}`), ...more } as Origin },
      );
    await replies('Nails as well.', { files: ['mail/b.pdf'], notes: ['It is encrypted.'] });
    expect(await shown('nails')).to.deep.equal(['Nails as well.']);
    await replies('', { files: ['mail/screws.pdf'] });
    expect(await shown('screws')).to.deep.equal(['mail/screws.pdf']);
    await replies('', { outside: 'Dear Ben' });
    expect(await shown('forwarded'), 'no word of anybody').to.deep.equal([]);
    await does(ben, 'post_message', { conversation: result.conversation, text: 'Bolts.\n\n_By mail._' });
    await does(ben, 'post_message', { conversation: result.conversation, text: '**Pins**\n\nNow.\n\n_By mail._' });
    expect(await shown('bolts'), 'words of somebody who wrote no mail').to.deep.equal(['Bolts. _By mail._']);
    expect(await shown('pins')).to.deep.equal(['**Pins** Now. _By mail._']);
  });

  it('finds nothing that was erased, not even while its posting is still there', async () => {
    const world = await aWorld();
    const { note } = await world.does(world.ada, 'record_learning', { learning: 'secret crates' });
    const [before] = (await world.does(world.ada, 'search_pod', { query: 'secret' })).found;
    expect(before.id).to.equal(note.id);
    await world.does(world.ada, 'redact', { what: note.id, reason: 'private' });
    await world.store.search.put([
      { id: note.id, pod: world.pod, seq: 99, kind: 'note', text: 'secret crates', at: 1, rank: 2 },
    ]);
    expect((await world.does(world.ada, 'search_pod', { query: 'secret' })).found).to.deep.equal([]);
  });

  it('is for those who are in the pod', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.zoe, 'search_pod', { query: 'x' }))).to.be.instanceOf(NotAllowed);
  });
});
