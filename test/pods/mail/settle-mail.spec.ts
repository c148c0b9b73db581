import { expect } from 'chai';
import { Conflict, NotAllowed, NotFound } from '../../../src/errors.ts';
import { deliveriesOf } from '../../../src/pods/deliveries.ts';
import { QUARANTINED_MAILS } from '../../../src/pods/mail/quarantined-mail.ts';
import { aWorld, refusal, type World } from '../build.ts';

const ABOUT = { from: 'M <m@evil.test>', subject: 'Pay', excerpt: 'Now', reason: 'Not proved.', raw: 'a'.repeat(64) };

describe('mails in quarantine', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const hold = (over: object = {}) => world.acts('skein', 'hold_mail', { ...ABOUT, ...over });

  it('are listed for owners, newest first, each with its reason; no word of them stands in the log', async () => {
    const { commit } = await hold();
    await hold({ subject: 'Pay again' });
    expect(JSON.stringify(commit)).not.to.match(/evil|Pay|Now/);
    const { mails } = await world.does(world.ada, 'list_held_mails');
    expect(mails.map(({ subject, reason }: Record<string, string>) => [subject, reason])).to.deep.equal([
      ['Pay again', 'Not proved.'],
      ['Pay', 'Not proved.'],
    ]);
    expect(await refusal(world.does(world.ben, 'list_held_mails'))).to.be.instanceOf(NotAllowed);
  });

  it('are told of once an hour, so that nobody floods an owner', async () => {
    const told = [];
    for (let n = 0; n < 3; n++) told.push((await hold()).commit?.deliveries.length);
    world.clock.now += 3_600_000;
    told.push((await hold()).commit?.deliveries.length);
    expect(told).to.deep.equal([1, 0, 0, 1]);
  });

  it('are told of once an hour however many they are', async () => {
    const start = world.clock.now;
    let told = 0;
    for (let n = 0; n < 120; n++) {
      world.clock.now = start + n * 1000;
      told += (await hold()).commit?.deliveries.length ?? 0;
    }
    expect(told).to.equal(1);
  });

  it('that came in the hour after such a word are told of when it is over, once, and the next is silent again', async () => {
    for (let n = 0; n < 3; n++) await hold();
    const tell = () => world.acts('skein', 'tell_held_mails', {});
    expect(await refusal(tell())).to.be.instanceOf(Conflict);
    world.clock.now += 3_600_000;
    expect((await tell()).commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['held']);
    expect(await refusal(tell())).to.be.instanceOf(Conflict);
    expect((await hold()).commit?.deliveries).to.deep.equal([]);
    // Owners who answer hear of the next within the hour.
    const { mails } = await world.does(world.ada, 'list_held_mails');
    await world.does(world.ada, 'reject_mail', { mail: mails.at(-1)?.id });
    world.clock.now += 3_600_000;
    expect((await hold()).commit?.deliveries, 'its word tells of the silent one too').to.have.length(1);
    world.clock.now += 3_600_000;
    expect(await refusal(tell())).to.be.instanceOf(Conflict);
    expect(await refusal(world.does(world.ada, 'tell_held_mails', {}))).to.be.instanceOf(NotAllowed);
  });

  it('are told of once a day after two words that nobody answered', async () => {
    const words: number[] = [];
    const start = world.clock.now;
    for (let hour = 0; hour < 60; hour++) {
      if ((await hold()).commit?.deliveries.length) words.push(hour);
      world.clock.now = start + (hour + 1) * 3_600_000;
    }
    expect(words).to.deep.equal([0, 1, 25, 49]);
  });

  it('are shown to an owner one after the other, with each word of theirs', async () => {
    const [first] = [(await hold()).result.held, (await hold()).result.held];
    const last = (await hold()).result.held;
    const { commit } = await world.acts(world.ada, 'reject_mail', { mail: first.id });
    expect(commit?.deliveries.filter(({ kind }) => kind === 'held').map((one) => ({ ...one, id: '' }))).to.deep.equal([
      { id: '', pod: world.pod, kind: 'held', mail: last.id, to: world.ada },
    ]);
    const by = await world.acts(world.ada, 'reject_mail', { mail: last.id }, { via: 'cli' });
    expect(by.commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['erase']);
  });

  it('are put there by Skein alone', async () => {
    expect(await refusal(world.does(world.ada, 'hold_mail', ABOUT))).to.be.instanceOf(NotAllowed);
  });

  it('are let in by an owner, once', async () => {
    const { held } = (await hold()).result;
    const { commit } = await world.acts(world.ada, 'accept_mail', { mail: held.id });
    expect(commit?.deliveries).to.deep.include({
      ...commit?.deliveries[0],
      kind: 'admit',
      mail: held.id,
      by: world.ada,
    });
    expect((await refusal(world.does(world.ada, 'accept_mail', { mail: held.id }))).message).to.contain(
      'accepted already',
    );
    expect(await refusal(world.does(world.ada, 'reject_mail', { mail: held.id }))).to.be.instanceOf(Conflict);
    expect((await world.does(world.ada, 'list_held_mails')).mails).to.deep.equal([]);
  });

  it('are gone for good once rejected, their words and the mail itself', async () => {
    const { held } = (await hold()).result;
    const { commit } = await world.acts(world.ada, 'reject_mail', { mail: held.id });
    const [erase] = commit ? deliveriesOf(commit) : [];
    expect(erase).to.deep.include({ kind: 'erase', blobs: [ABOUT.raw] });
    expect(erase?.kind === 'erase' && erase.bodies).to.have.length(3);
    expect(await world.doc(QUARANTINED_MAILS, held.id)).to.include({ state: 'rejected', raw: '', subjectRef: '' });
  });

  it('are settled by owners of their own pod only; accepting waits for a pod that is awake', async () => {
    const { held } = (await hold()).result;
    expect(await refusal(world.does(world.ben, 'accept_mail', { mail: held.id }))).to.be.instanceOf(NotAllowed);
    await world.does(world.ben, 'create_pod', { name: 'Other' }, { pod: 'p_other' });
    const elsewhere = world.does(world.ben, 'reject_mail', { mail: held.id }, { pod: 'p_other' });
    expect(await refusal(elsewhere)).to.be.instanceOf(NotFound);
    await world.does(world.ada, 'archive_pod');
    await hold();
    expect(await refusal(world.does(world.ada, 'accept_mail', { mail: held.id }))).to.be.instanceOf(Conflict);
    await world.does(world.ada, 'reject_mail', { mail: held.id });
  });
});
