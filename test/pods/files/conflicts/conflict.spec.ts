// An upload that was made from an older version is kept beside the newer one, and both authors hear of it.
import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../../src/errors.ts';
import type { ParticipantId } from '../../../../src/log/participant.ts';
import { keepIn } from '../../../../src/pods/files/conflicts/keep.ts';
import { madeFromOlder } from '../../../../src/pods/files/conflicts/made-from-older.ts';
import { FILES } from '../../../../src/pods/files/file.ts';
import { fileId } from '../../../../src/pods/files/files.ts';
import { NEEDS, type NeedDoc, needId } from '../../../../src/pods/needs/need.ts';
import { aWorld, refusal, type World } from '../../build.ts';

const PLAN = ['# Plan', 'Order boxes.', 'Call the press.'];
const NEWER = [...PLAN, 'Book the van.'];
const COPY = 'plan (Ben Okafor, 2026-11-02).md';

describe('a text', () => {
  const older = PLAN.join('\n');
  const newest = NEWER.join('\n');
  const cases: [string, string, boolean][] = [
    ['that is the older version itself', older, true],
    ['that changes the older version, without the newer line', [...PLAN, 'Tell Ada.'].join('\n'), true],
    ['that has the newer line too', [...NEWER, 'Tell Ada.'].join('\n'), false],
    ['that shares nothing with it', 'Shopping\nMilk\nBread', false],
    ['that is the newest version', newest, false],
  ];
  for (const [name, upload, made] of cases)
    it(`${name} ${made ? 'was' : 'was not'} made from an older version`, () => {
      expect(madeFromOlder({ upload, newest, older })).to.equal(made);
    });

  it('was made from an older version if it still has all that the newest one took away', () => {
    expect(madeFromOlder({ upload: newest, newest: older, older: newest })).to.equal(true);
    expect(madeFromOlder({ upload: [...PLAN, 'Tell Ada.'].join('\n'), newest: older, older: newest })).to.equal(false);
  });
});

describe('an upload over a newer version', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Plan', text: 'Go.' })).conversation.id;
    await upload(world.ben, PLAN);
    const input = { name: 'plan.md', text: NEWER.join('\n'), base: 1 };
    await world.does(world.scribe, 'put_file', input, { onBehalfOf: world.ada, conversation });
    world.delivered.length = 0;
  });

  const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
  const upload = (who: ParticipantId, lines: readonly string[]) =>
    world.does(who, 'put_file', { name: 'plan.md', text: lines.join('\n') }, { origin });
  const read = async (name: string) =>
    (await world.does(world.ada, 'read_file', { name })) as { file: { version: number }; text: string };
  const need = (who: ParticipantId) =>
    world.doc<NeedDoc>(
      NEEDS,
      needId(world.pod, who as NeedDoc['who'], { on: FILES.name, id: fileId(world.pod, 'plan.md') }),
    );

  it('is kept beside it: nothing of either is lost, and the file stays as it is', async () => {
    const { file } = await upload(world.ben, PLAN);
    expect(file).to.deep.include({ name: COPY, version: 1, beside: 'plan.md' });
    expect((await read('plan.md')).text).to.equal(NEWER.join('\n'));
    expect((await read('plan.md')).file.version).to.equal(2);
    expect((await read(COPY)).text).to.equal(PLAN.join('\n'));
    const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
    expect(history[0].text).to.include(
      'uploaded an older copy of the file “plan.md”, which is kept beside it as “plan (Ben',
    );
  });

  it('waits for both with whose the two are and which is theirs, until one has settled it', async () => {
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: [...NEWER, 'Tell Gil.'].join('\n'), base: 2 });
    const { file } = await upload(world.ben, NEWER);
    const listed = async (who: ParticipantId) => {
      const { waiting } = await world.does(who, 'list_waiting', {});
      return waiting.flatMap((one: { conflict?: object }) => one.conflict ?? []);
    };
    const whose = { file: file.id, upload: 'Ben Okafor', newer: 'Ada Lindqvist' };
    expect(await listed(world.ben)).to.deep.equal([{ ...whose, yours: 'upload' }]);
    expect(await listed(world.ada)).to.deep.equal([{ ...whose, yours: 'newer' }]);
    await world.does(world.ada, 'settle_conflict', { file: file.id, keep: 'both' });
    expect([...(await listed(world.ben)), ...(await listed(world.ada))]).to.deep.equal([]);
  });

  it('is heard of by whoever uploaded it, and by the agent that wrote the newer version, in its conversation', async () => {
    await upload(world.ben, PLAN);
    expect(await need(world.ben)).to.include({ reason: 'conflict', state: 'open', conversation });
    const wakes = world.delivered.filter(({ kind }) => kind === 'wake');
    expect(
      wakes.map((one) => [one.kind === 'wake' && one.agent, one.kind === 'wake' && one.conversation]),
    ).to.deep.equal([[world.scribe, conversation]]);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.at(-1).text).to.include('Ben Okafor uploaded “plan.md”, made from an older version than Scribe');
    expect((await world.does(world.ben, 'list_waiting')).waiting[0]).to.deep.include({
      why: 'conflict',
      title: 'plan.md',
    });
  });

  it('is heard of by the person who wrote the newer version, and settled by whoever writes the file next', async () => {
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: [...NEWER, 'Pay.'].join('\n'), base: 2 });
    await upload(world.ben, PLAN);
    for (const who of [world.ada, world.ben]) expect(await need(who)).to.include({ reason: 'conflict', state: 'open' });
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: 'Both.', base: 3 });
    for (const who of [world.ada, world.ben]) expect(await need(who)).to.include({ state: 'settled' });
  });

  it('is put in its place when it is uploaded once more, now that its person knows', async () => {
    await upload(world.ben, PLAN);
    const { file } = await upload(world.ben, PLAN);
    expect(file).to.deep.include({ name: 'plan.md', version: 3 });
    expect(await need(world.ben)).to.include({ state: 'settled' });
  });

  it('is withdrawn with its copy', async () => {
    const { file } = await upload(world.ben, PLAN);
    await world.does(world.ben, 'redact', { what: file.id });
    expect(await need(world.ben)).to.include({ state: 'withdrawn' });
  });

  const settles = (who: ParticipantId, keep: string, file = 'plan.md') =>
    world.does(who, 'settle_conflict', { file, keep });
  const names = async () => (await world.does(world.ada, 'list_files')).files.map(({ name }: { name: string }) => name);

  it('takes the place of the newer version if it is kept, and the copy is listed no more, once', async () => {
    await upload(world.ben, PLAN);
    expect(await settles(world.ben, 'upload')).to.deep.equal({ kept: 'upload' });
    expect((await read('plan.md')).text).to.equal(PLAN.join('\n'));
    expect((await read('plan.md')).file.version).to.equal(3);
    expect(await names()).to.deep.equal(['plan.md']);
    expect(await need(world.ben)).to.include({ state: 'settled', settledBy: world.ben });
    expect(String(await refusal(settles(world.ada, 'newer', COPY)))).to.include('Ben Okafor has settled this already');
    const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
    expect(history[0].did).to.equal(
      'settled which version of the file “plan.md” is right: the upload and changed the file “plan.md” (version 3)',
    );
  });

  it('is listed no more if the newer version is kept, and can be brought back', async () => {
    await upload(world.ben, PLAN);
    await settles(world.ada, 'newer');
    expect((await read('plan.md')).file.version).to.equal(2);
    expect(await names()).to.deep.equal(['plan.md']);
    expect(await need(world.ben)).to.include({ state: 'settled', settledBy: world.ada });
    await world.does(world.ben, 'restore_file', { name: COPY, version: 1 });
    expect(await names()).to.have.members(['plan.md', COPY]);
  });

  it('stays beside it if both are kept; a guest settles nothing', async () => {
    await upload(world.ben, PLAN);
    expect(await refusal(settles(world.gil, 'both'))).to.be.instanceOf(NotAllowed);
    await settles(world.ben, 'both', COPY);
    expect(await names()).to.have.members(['plan.md', COPY]);
    expect(await need(world.ben)).to.include({ state: 'settled' });
    expect(await refusal(settles(world.ben, 'both'))).to.be.instanceOf(NotFound);
  });

  it('has its post updated when it is settled, also by the next version', async () => {
    await upload(world.ben, PLAN);
    const post = world.delivered.find(({ kind }) => kind === 'post');
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: 'Both.', base: 2 });
    expect(world.delivered.find(({ kind }) => kind === 'update')).to.include({
      message: post?.kind === 'post' && post.message,
    });
  });

  it('is the next version where it has the newer line, or is another text altogether', async () => {
    expect((await upload(world.ben, [...NEWER, 'Tell Ada.'])).file).to.deep.include({ name: 'plan.md', version: 3 });
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: NEWER.join('\n'), base: 3 });
    expect((await upload(world.ben, ['Milk', 'Bread'])).file).to.deep.include({ name: 'plan.md', version: 5 });
  });

  it('has a name of its own each time', async () => {
    await upload(world.ben, PLAN);
    await world.does(
      world.scribe,
      'put_file',
      { name: 'plan.md', text: [...NEWER, 'x'].join('\n'), base: 2 },
      { onBehalfOf: world.ada },
    );
    const { file } = await upload(world.ben, [...PLAN, 'Tell Ada.']);
    expect(file.name).to.equal('plan (Ben Okafor, 2026-11-02, 2).md');
  });
});

describe('the ways to settle an upload over a newer version', () => {
  const said = (text: string, person = 'person:ben') => keepIn(text, { person, uploader: 'person:ben' });

  it('are said from one’s own side, and as nothing but that', () => {
    expect([said('Keep mine.'), said('keep theirs'), said(' keep both! ')]).to.deep.equal(['upload', 'newer', 'both']);
    expect([said('keep mine', 'person:ada'), said('keep theirs', 'person:ada')]).to.deep.equal(['newer', 'upload']);
    expect([said('keep'), said('keep mine, but add salt'), said('I keep both')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
