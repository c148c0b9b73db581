// What an agent writes, on its way to people.
import { expect } from 'chai';
import { MOST_ATTACHED } from '../../src/email/limits.ts';
import { InvalidInput, NotYet, Retryable } from '../../src/errors.ts';
import { DELIVERY_KINDS } from '../../src/outbox/kinds.ts';
import { refusal } from '../pods/build.ts';
import { aStage, type Stage } from './stage.ts';

const never = new AbortController().signal;

describe('a file that an agent wrote', () => {
  let stage: Stage;
  let more: { conversation: string };
  beforeEach(async () => {
    stage = await aStage();
    const { world } = stage;
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Flour', text: 'Write it.' });
    more = { conversation: conversation.id };
  });
  const puts = (text: string, base?: number, name = 'flour.md') =>
    stage.world.does(stage.world.scribe, 'put_file', { name, text, ...(base ? { base } : {}) }, more);
  const says = (text = 'Done.') => stage.world.does(stage.world.scribe, 'post_message', { text }, more);
  const wished = () => stage.world.delivered.filter(({ kind }) => kind === 'file');
  const carried = () => DELIVERY_KINDS.file.carry(stage.parts, stage.newest('file'), never);
  const shown = () => stage.slack.posts.map((post) => post.shown);

  it('waits for the answer, and goes out once, in its newest version', async () => {
    await puts('Rye.');
    await puts('Rye and salt.', 1);
    expect(wished()).to.deep.equal([]);
    await says();
    expect(wished()).to.have.length(1);
    expect(stage.newest('file')).to.include({ version: 2 }).and.not.have.property('was');
    await says('And this.');
    expect(wished()).to.have.length(1);
  });

  it('is handed over however many there are; too many wait for a message', async () => {
    for (let n = 1; n <= 100; n++) await puts('Rye.', undefined, `${n}.md`);
    expect(String(await refusal(puts('Rye.', undefined, '101.md')))).to.include('Write that message');
    await puts('Rye and salt.', 1, '1.md');
    await says();
    expect(wished()).to.have.length(100);
    await puts('Rye.', undefined, '101.md');
    await says();
    expect(wished()).to.have.length(101);
  });

  it('says which version it replaces and what changed, from before the first write of the run', async () => {
    await puts('Rye.');
    await says();
    await puts('Rye.\nSalt.', 1);
    await puts('Rye.\nSugar.\nYeast.', 2);
    await says();
    await carried();
    expect(shown()).to.deep.equal(['Version 3 by Scribe, replaces version 1. Lines: 2 new, 0 gone.']);
  });

  it('says so if the content is the same, or no text', async () => {
    await puts('Rye.');
    await says();
    await puts('Rye.', 1);
    await says();
    await carried();
    expect(shown().at(-1)).to.match(/The content is the same\.$/);
    await stage.world.does(stage.world.scribe, 'put_file', { name: 'flour.md', base64: '/wD+', base: 2 }, more);
    await says();
    await carried();
    expect(shown().at(-1)).to.match(/It is no text, so the two can't be compared\.$/);
  });

  it('is not handed over by another agent’s words', async () => {
    await puts('Rye.');
    await stage.world.does(stage.world.pilot, 'post_message', { text: 'I look too.' }, more);
    expect(wished()).to.deep.equal([]);
    await says();
    expect(wished()).to.have.length(1);
  });

  it('is shared again only after Slack had time to show it, and is the same file then', async () => {
    await puts('Rye.');
    await says();
    const { sender } = stage.parts.slack;
    const share = sender.shareFile;
    const ids: string[] = [];
    sender.shareFile = async (file) => {
      ids.push(file.file);
      throw new Retryable('Not reached.');
    };
    expect(await refusal(carried())).to.be.instanceOf(Retryable);
    expect(await refusal(carried())).to.be.instanceOf(NotYet);
    expect(ids).to.have.length(1);
    stage.world.clock.now += 31_000;
    sender.shareFile = share;
    await carried();
    expect(stage.slack.posts.map(({ key }) => key)).to.deep.equal(ids);
  });

  it('that Slack refuses is told in the thread, once, with the reason and how to get it', async () => {
    await puts('Rye.');
    await says();
    const error = new InvalidInput('The workspace allows no file uploads. Ask a workspace admin.');
    for (let n = 0; n < 2; n++) await DELIVERY_KINDS.file.onAside?.(stage.parts, stage.newest('file'), error);
    const posts = stage.world.delivered.filter(({ kind }) => kind === 'post');
    expect(posts).to.have.length(3);
    const { messages } = await stage.world.does(stage.world.ada, 'read_conversation', more);
    expect(JSON.stringify(messages.at(-1)))
      .to.include('“flour.md” (version 1) is a file of the pod, but Slack did not take it')
      .and.include('Ask a workspace admin')
      .and.include('/skein do read_file');
  });

  it('that was erased meanwhile goes nowhere', async () => {
    await puts('Rye.');
    await says();
    const wish = stage.newest('file');
    await stage.world.does(stage.world.ada, 'redact', { what: wish.file });
    await DELIVERY_KINDS.file.carry(stage.parts, wish, never);
    expect(stage.slack.posts).to.deep.equal([]);
  });

  it('from which passages were erased is replaced in the thread by the version without them', async () => {
    await puts('Rye.\nThe code is 4711.');
    await says();
    await carried();
    const { file: id } = stage.newest('file');
    const file = { id, text: 'Rye.\n(erased)', versions: [1] };
    await stage.world.does('skein', 'take_out_quotes', { file });
    await DELIVERY_KINDS.unfile.carry(stage.parts, stage.newest('unfile'), never);
    expect(stage.slack.posts).to.deep.equal([]);
    await carried();
    expect(shown()).to.deep.equal([
      'Version 2 by Skein, replaces version 1. Passages that were erased are gone from it.',
    ]);
  });

  it('is attached to the mail of the answer; what is too large is named in it', async () => {
    const { world } = stage;
    const { person } = await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' });
    await world.does(world.ada, 'add_member', { who: 'Maja' });
    const origin = { kind: 'email', messageId: '<m1@x.example>', raw: 'h' } as const;
    const mailed = { title: 'Rye', text: 'Please write.', followers: [] };
    const { conversation } = await world.does(person.id, 'take_mail', mailed, { origin });
    more = { conversation };
    await puts('Rye.');
    await puts('x'.repeat(MOST_ATTACHED), undefined, 'plans/large.txt');
    await says();
    await DELIVERY_KINDS.mail.carry(stage.parts, stage.newest('mail'), never);
    const [mail] = stage.mails;
    expect(
      mail?.attachments?.map(({ name, mime, content }) => [name, mime, Buffer.from(content).toString()]),
    ).to.deep.equal([['flour.md', 'text/markdown', 'Rye.']]);
    expect(mail?.text).to.include('“plans/large.txt” (7.0 MB) is not attached');
    // Erased before the mail goes.
    await puts('Rye!', 1);
    await says('Again.');
    const { files } = await world.does(world.ada, 'list_files', {});
    await world.does(world.ada, 'redact', { what: files.find(({ name }: { name: string }) => name === 'flour.md').id });
    // A second message waits for others of its conversation.
    world.clock.now += 10 * 60_000;
    await DELIVERY_KINDS.mail.carry(stage.parts, stage.newest('mail'), never);
    expect(stage.mails[1]).not.to.have.property('attachments');
  });

  it('goes out at the end of a run that says nothing', async () => {
    await puts('Rye.');
    const hands = () => stage.world.does(stage.world.scribe, 'give_files', { ...more, text: 'So far.' }, more);
    expect(await hands()).to.deep.equal({ files: 1 });
    expect(wished()).to.have.length(1);
    expect(await hands()).to.deep.equal({ files: 0 });
  });
});
