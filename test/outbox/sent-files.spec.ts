// A file on its way to the one person who asked for it.
import { expect } from 'chai';
import { DELIVERY_KINDS } from '../../src/outbox/kinds.ts';
import { aStage, type Stage } from './stage.ts';

const never = new AbortController().signal;

describe('a file that a person asked for', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage();
    await stage.world.does(stage.world.ada, 'put_file', { name: 'plans/flour.md', text: 'Rye.' });
  });
  const asks = async () => {
    await stage.world.does(stage.world.ben, 'send_file', { name: 'plans/flour.md' });
    await DELIVERY_KINDS.file.carry(stage.parts, stage.newest('file'), never);
  };
  const shown = () => stage.slack.posts.map((post) => post.shown);

  it('says what it is, and stands once however often they ask', async () => {
    await asks();
    const words = [
      '“plans/flour.md” from Launch: version 1, by Ada Lindqvist. You asked for it, and only you see this.',
    ];
    expect(shown()).to.deep.equal(words);
    await asks();
    expect(shown()).to.deep.equal(words);
  });

  it('goes away with its text', async () => {
    await asks();
    await stage.world.does(stage.world.ada, 'redact', { what: stage.newest('file').file });
    await DELIVERY_KINDS.unfile.carry(stage.parts, stage.newest('unfile'), never);
    expect(shown()).to.deep.equal([]);
  });

  it('is attached to a mail for somebody who lives in mail', async () => {
    const { world } = stage;
    const { person } = await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' });
    await world.does(world.ada, 'add_member', { who: 'Maja' });
    await world.does(person.id, 'send_file', { name: 'plans/flour.md' });
    await DELIVERY_KINDS.file.carry(stage.parts, stage.newest('file'), never);
    const [mail] = stage.mails;
    expect(mail?.subject).to.equal('flour.md (version 1)');
    expect(mail?.to).to.deep.equal([{ name: 'Maja', address: 'maja@x.example' }]);
    expect(mail?.attachments?.map(({ name, content }) => [name, Buffer.from(content).toString()])).to.deep.equal([
      ['flour.md', 'Rye.'],
    ]);
    // Nothing comes to somebody who has left meanwhile.
    await world.does(person.id, 'send_file', { name: 'plans/flour.md' });
    const wish = stage.newest('file');
    await world.does(world.ada, 'remove_member', { who: 'Maja' });
    await DELIVERY_KINDS.file.carry(stage.parts, wish, never);
    expect(stage.mails).to.have.length(1);
  });
});
