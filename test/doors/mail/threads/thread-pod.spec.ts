// Who gets into the pod of a mail thread, and who does not, whatever a mail claims.
import { expect } from 'chai';
import type { PersonId } from '../../../../src/log/participant.ts';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { QUARANTINED_MAILS } from '../../../../src/pods/mail/quarantined-mail.ts';
import { MEMBERS } from '../../../../src/pods/members/member.ts';
import { PODS, type PodDoc } from '../../../../src/pods/pod/pod.ts';
import { ADA, aMailWorld, type MailWorld } from '../mail-world.ts';

const SCRIBE = 'scribe@pods.test';
const BEN = 'ben@example.org';
const ZOE = 'zoe@example.org';
const STRANGER = 'kim@elsewhere.test';

describe('the pod of a mail thread', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
  });

  const from = (address: string, headers: Record<string, string> = {}, body = 'Hello.\r\n') =>
    room.arrives(
      { headers: { From: address, To: SCRIBE, 'Message-ID': `<${++ids}@example.org>`, ...headers }, body },
      { from: address, to: [SCRIBE] },
    );
  let ids = 100;
  const threads = async () => (await room.mail.read.find(PODS, { where: {} })).filter((one) => one.mailThread);
  const own = async () => (await room.mail.read.find(PODS, { where: {} })).filter((one) => one.direct);
  const membersOf = async ({ id }: Pick<PodDoc, 'id'>) =>
    (await room.mail.read.find(MEMBERS, { where: { pod: id } }))
      .filter(({ state }) => state === 'in')
      .map(({ who, role }) => `${who} ${role}`)
      .sort();
  const held = async ({ id }: Pick<PodDoc, 'id'>) =>
    room.mail.read.find(QUARANTINED_MAILS, { where: { pod: id, state: 'held' } });
  const opened = async (headers: Record<string, string> = {}) => {
    await from(ADA, { To: `${SCRIBE}, ${BEN}`, 'Message-ID': '<first@example.org>', Subject: 'Harvest', ...headers });
    const [pod] = await threads();
    if (!pod) throw new Error('no pod');
    return pod;
  };

  it('has those on its first mail whom the organisation knows, the agents that it names, and no address', async () => {
    const pod = await opened({ Cc: `${ZOE}, ${STRANGER}, pilot@pods.test` });
    const { ada, ben, zoe } = room.world;
    const all = [`${ada} owner`, `${ben} member`, `${zoe} member`, 'agent:pilot member', 'agent:scribe member'];
    expect(await membersOf(pod)).to.deep.equal(all.sort());
    expect(pod.name).to.equal('Harvest');
    const claims = room.world.delivered.filter((one) => one.kind === 'act' && one.action === 'claim_address');
    expect(claims).to.deep.equal([]);
    expect(room.answers.map(({ person, text }) => [person, text.includes('admit kim')])).to.deep.equal([[ada, true]]);
  });

  it('is opened by no mail to agents alone, none that only copies them blindly, and none of a list', async () => {
    await from(ADA, { Cc: 'pilot@pods.test' });
    await from(ADA, { To: BEN, 'Delivered-To': SCRIBE });
    await from(ADA, { To: BEN, 'Reply-To': SCRIBE, 'Delivered-To': SCRIBE });
    await from(ADA, { To: `${SCRIBE}, ${BEN}`, 'List-Id': '<all.example.org>' });
    await from(ADA, { To: `${SCRIBE}, ${BEN}`, 'Auto-Submitted': 'auto-replied' });
    expect(await threads()).to.deep.equal([]);
    expect(await own()).to.have.length(1);
  });

  it('is not entered with an id of the thread alone: such a mail waits for its owner', async () => {
    const pod = await opened();
    await from(ZOE, { To: `${SCRIBE}, ${ADA}`, 'In-Reply-To': '<first@example.org>' });
    expect(await membersOf(pod)).to.have.length(3);
    expect(await threads()).to.have.length(1);
    expect((await held(pod)).map(({ reason }) => reason)).to.deep.equal([
      'Its sender is genuine, but not a member of Harvest.',
    ]);
  });

  it('hears no forged and no unproved reply, and tells its sender nothing', async () => {
    const pod = await opened();
    const headers = { From: BEN, To: `${SCRIBE}, ${ADA}`, 'In-Reply-To': '<first@example.org>' };
    await room.arrives({ headers: { ...headers, 'Message-ID': '<forged@example.org>' } }, { auth: 'fail', from: BEN });
    const stranger = { ...headers, From: STRANGER, 'Message-ID': '<kim@elsewhere.test>' };
    await room.arrives({ headers: stranger }, { from: STRANGER });
    expect(await held(pod)).to.have.length(2);
    expect(await room.mail.read.find(MESSAGES, { where: { pod: pod.id } })).to.have.length(1);
    expect(room.answers).to.deep.equal([]);
  });

  it('is another’s for nobody: whoever sends a Message-ID of hers first has a pod of their own', async () => {
    await from(ZOE, { To: `${SCRIBE}, ${BEN}`, References: '<first@example.org>' });
    const [theirs] = await threads();
    await from(ADA, {
      To: `${SCRIBE}, ${room.world.gil ? 'gil@example.org' : ''}`,
      'Message-ID': '<first@example.org>',
    });
    const hers = (await threads()).filter(({ id }) => id !== theirs?.id);
    expect(hers).to.have.length(1);
    expect(await membersOf(hers[0] ?? { id: '' })).to.not.include(`${room.world.zoe} member`);
  });

  it('is not joined by a new mail with a used Message-ID, nor by an equal subject', async () => {
    const pod = await opened();
    await from(ADA, { To: `${SCRIBE}, ${ZOE}`, 'Message-ID': '<first@example.org>', Subject: 'Harvest' }, 'Other\r\n');
    await from(ADA, { To: `${SCRIBE}, ${ZOE}`, Subject: 'Harvest' });
    expect(await threads()).to.have.length(3);
    expect(await membersOf(pod)).to.have.length(3);
    expect(await room.mail.read.find(MESSAGES, { where: { pod: pod.id } })).to.have.length(1);
  });

  it('takes a copy of its first mail once', async () => {
    await opened();
    await room.arrives(
      {
        headers: {
          ...{ From: ADA, To: `${SCRIBE}, ${BEN}`, 'Message-ID': '<first@example.org>', Subject: 'Harvest' },
          'X-Copy': '2',
        },
      },
      { to: [SCRIBE] },
    );
    const [pod] = await threads();
    expect(await threads()).to.have.length(1);
    expect(await room.mail.read.find(MESSAGES, { where: { pod: pod?.id ?? '' } })).to.have.length(1);
  });

  it('lets in whom a member’s reply adds, not whom an owner removed, and brings the agent that it names', async () => {
    const pod = await opened();
    const { world } = room;
    await world.does(world.ada, 'remove_member', { who: world.ben }, { pod: pod.id });
    const more = { 'In-Reply-To': '<first@example.org>', Cc: `${ZOE}, ${BEN}, pilot@pods.test` };
    await from(ADA, { To: SCRIBE, ...more });
    const members = await membersOf(pod);
    expect(members).to.include(`${world.zoe} member`).and.to.include('agent:pilot member');
    expect(members.filter((one) => one.startsWith(world.ben))).to.deep.equal([]);
    expect(room.answers.at(-1)?.text, 'her word lets him in again').to.contain('admit ben@example.org');
    await from(ADA, { To: `${SCRIBE}, ${ZOE}`, 'In-Reply-To': '<first@example.org>' }, 'admit ben@example.org\r\n');
    expect(await membersOf(pod)).to.include(`${world.ben} member`);
  });

  it('answers whom the newest mail names, in To and Cc as they stand there: whoever is left out gets no copy', async () => {
    const pod = await opened({ Cc: ZOE });
    const { ada, ben, zoe } = room.world;
    const follows = async () =>
      (await room.mail.read.find(CONVERSATIONS, { where: { pod: pod.id } })).map(({ mail }) => [
        mail?.people,
        mail?.cc,
      ]);
    expect(await follows()).to.deep.equal([[[ada, ben, zoe], [zoe]]]);
    await from(BEN, { To: ADA, Cc: SCRIBE, 'In-Reply-To': '<first@example.org>' });
    expect(await follows()).to.deep.equal([[[ben, ada], undefined]]);
    expect(await membersOf(pod), 'she can still read it').to.include(`${zoe} member`);
    const mails = room.world.delivered.filter((one) => one.kind === 'mail' && one.pod === pod.id);
    expect(mails, 'Skein copies no person’s mail').to.deep.equal([]);
  });

  it('of two hundred addresses takes the first fifty people whom it knows, and names twenty of the others', async () => {
    const many = Array.from({ length: 200 }, (_, n) => `x${n}@elsewhere.test`);
    for (let n = 0; n < 60; n++)
      await room.world.does(
        room.world.ada,
        'invite_person',
        { email: `p${n}@example.org`, name: `Person ${n}` },
        {
          pod: 'org',
        },
      );
    const known = Array.from({ length: 60 }, (_, n) => `p${n}@example.org`);
    const pod = await opened({ Cc: [...many, ...known].join(', ') });
    const people = (await membersOf(pod)).filter((one) => one.startsWith('person:'));
    expect(people).to.have.length(51);
    expect(room.answers).to.have.length(1);
    expect(room.answers[0]?.text.match(/Let them in/g)).to.have.length(20);
    expect(room.answers[0]?.text).to.match(/and \d+ more/);
  });

  it('of a guest of the organisation, who may make none, is their own', async () => {
    const { world } = room;
    await world.does(
      world.ada,
      'invite_person',
      { email: 'gus@example.org', name: 'Gus', role: 'guest' },
      { pod: 'org' },
    );
    await from('gus@example.org', { To: `${SCRIBE}, ${ADA}` });
    expect(await threads()).to.deep.equal([]);
    const [pod] = await own();
    expect((await membersOf(pod ?? { id: '' })).filter((one) => one.startsWith('person:'))).to.have.length(1);
    const who = (await room.mail.read.find(MEMBERS, { where: { pod: pod?.id ?? '' } })).map((one) => one.who);
    expect(who).not.to.include(world.ada as PersonId);
  });
});
