import { expect } from 'chai';
import { mailHome } from '../../src/email/address.ts';
import type { Outgoing } from '../../src/email/compose-mail.ts';
import { parseMail } from '../../src/email/parse-mail.ts';
import { InvalidInput, Retryable } from '../../src/errors.ts';
import { type MailSendingDoc, makeMailOut } from '../../src/outbox/mail-out.ts';
import { carryMail, type MailDeps, type Mailing } from '../../src/outbox/mail-posts.ts';
import { makeReplyAddresses, REPLY_SPEC, type ReplyAddressDoc } from '../../src/outbox/reply-address.ts';
import { sha256 } from '../../src/pods/ids.ts';
import type { Origin } from '../../src/pods/place.ts';
import { makeReader } from '../../src/pods/read.ts';
import { LOG_SPECS, VIEW_SPECS } from '../../src/pods/views.ts';
import { aMail } from '../email/build.ts';
import { aWorld, type Home, refusal } from '../pods/build.ts';
import { memoryStore } from '../store/memory.ts';

const LINK = 'https://x.slack.test/1';
const SLACK: Origin = { kind: 'slack', team: 'T1', channel: 'C1' };

describe('what is said in a conversation, as mail', () => {
  async function aDesk(origin?: Origin) {
    const store = memoryStore([
      ...LOG_SPECS,
      ...VIEW_SPECS,
      { name: 'sending', kind: 'journal', indexes: [] },
      REPLY_SPEC,
    ]);
    const where: Home = { pod: 'p_launch', account: (handle) => `slack:T1:${handle}`, ...(origin ? { origin } : {}) };
    const world = await aWorld({ store, home: where });
    await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
    const maja = (await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' })).person.id;
    await world.does(world.ada, 'add_member', { who: 'Maja' });
    const ben = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', email: 'ben@x.example' };
    await world.does('skein', 'register_person', ben);
    const sent: Outgoing[] = [];
    let fails: Error | undefined;
    let rejected: string[] = [];
    const sending = store.collection<MailSendingDoc>('sending');
    const sender = {
      async send(mail: Outgoing) {
        sent.push(mail);
        if (fails) throw fails;
        return { rejected, later: [] };
      },
    };
    const clock = () => world.clock.now;
    const home = mailHome({ domain: 'pods.test' });
    const known = store.collection<ReplyAddressDoc>('replyAddresses');
    const replies = makeReplyAddresses({ home, known, secret: async () => 's', clock });
    const out = makeMailOut({ home, loop: 'l', replies, sender, sending, clock });
    const reader: MailDeps['reader'] = { read: (raw) => parseMail(Buffer.from(raw)) };
    const deps = { act: world.act, read: makeReader(store), out, reader, clock, linkTo: () => LINK };
    const carry = (delivery: Mailing) => carryMail(deps, delivery);
    const mailing = () => world.delivered.filter((one) => one.kind === 'mail') as Mailing[];
    const takes = async (over: object = {}, more: Partial<Extract<Origin, { kind: 'email' }>> = {}, by = maja) => {
      const mail: Origin = { kind: 'email', messageId: '<m1@x.example>', raw: 'h', ...more };
      const input = { title: 'Rye flour', text: 'Please look.', followers: [world.ben], ...over };
      return world.does(by, 'take_mail', input, { origin: mail });
    };
    const failing = (error: Error | undefined) => {
      fails = error;
    };
    const refusing = (addresses: string[]) => {
      rejected = addresses;
    };
    return { ...{ world, store, maja, ben: world.ben, sent, carry, mailing, takes, failing, refusing } };
  }

  it('acknowledges a mail once, to its sender, from the agent that has the task', async () => {
    const { sent, carry, mailing, takes } = await aDesk();
    await takes({ handle: 'scribe' });
    const [ack] = mailing();
    if (ack) await carry(ack);
    if (ack) await carry(ack);
    expect(sent).to.have.length(1);
    expect(sent[0]).to.deep.include({
      ...{ kind: 'reply', subject: 'Re: Rye flour', inReplyTo: '<m1@x.example>', envelopeFrom: '' },
      ...{ to: [{ name: 'Maja', address: 'maja@x.example' }] },
      ...{ from: { name: 'Scribe (Launch)', address: 'launch+scribe@pods.test' } },
    });
    expect(sent[0]?.text).to.contain('Task #1 in Launch, for Scribe').and.to.contain('Ben Okafor will hear');
    expect(sent[0]?.text, 'she has no Slack to look into').not.to.contain(LINK);
  });

  it('carries on what her own mail refers to, with the thread’s root first, and can be answered without naming it', async () => {
    const { world, sent, carry, mailing, takes } = await aDesk();
    const { conversation } = await takes({ handle: 'scribe' }, { references: ['<a@x.example>', '<b@x.example>'] });
    const [ack] = mailing();
    if (ack) await carry(ack);
    const root = `<${world.pod}.${conversation}.root@pods.test>`;
    expect(sent[0]?.references).to.deep.equal([root, '<a@x.example>', '<b@x.example>', '<m1@x.example>']);
    expect(sent[0]?.inReplyTo).to.equal('<m1@x.example>');
    expect(sent[0]?.replyTo?.name).to.equal('Scribe (Launch)');
    expect(sent[0]?.replyTo?.address).to.match(/^launch\+re-[0-9a-z]{25}@pods\.test$/);
  });

  it('answers no mail that there never was: one without an id is named by nobody', async () => {
    const { world, sent, carry, mailing, takes } = await aDesk();
    const { conversation } = await takes({}, { messageId: `<${'a'.repeat(32)}@content>` });
    const [ack] = mailing();
    if (ack) await carry(ack);
    expect(sent[0]).not.to.have.property('inReplyTo');
    expect(sent[0]?.references).to.deep.equal([`<${world.pod}.${conversation}.root@pods.test>`]);
  });

  it('links to the thread for whoever has an account there', async () => {
    const { ben, sent, carry, mailing, takes } = await aDesk();
    await takes({ followers: [] }, {}, ben);
    const [ack] = mailing();
    if (ack) await carry(ack);
    expect(sent[0]?.text).to.contain(LINK);
  });

  it('acknowledges what was asked for, the files that are kept, and who hears nothing', async () => {
    const { world, store, sent, carry, mailing, takes } = await aDesk();
    const to = 'launch@pods.test, Ben <ben@x.example>';
    const raw = aMail({ headers: { From: 'maja@x.example', To: to, Cc: 'Maja@x.example, zed@evil.test' } });
    const hash = sha256(raw);
    await store.blobs.put(world.pod, hash, raw);
    await takes(
      { text: 'Compare the offers.\n\nThanks', files: ['mail/2026-11-21 Rye flour/offer.csv'] },
      { raw: hash },
    );
    const [ack] = mailing();
    if (ack) await carry(ack);
    const text = (sent[0]?.text ?? '').replaceAll('\u2060', '');
    expect(text).to.contain('What you ask for: “Compare the offers.”').and.not.to.contain('did not say');
    expect(text).to.contain('Kept as files of the pod: offer.csv');
    expect(text).to.match(/Not members of Launch, so Skein tells them nothing: zed@evil\.test$/m);
  });

  it('asks what is wanted with a forward without a word', async () => {
    const { sent, carry, mailing, takes } = await aDesk();
    await takes({ text: '' }, { outside: 'From: Mill\n\nPay 1.30.' });
    const [ack] = mailing();
    if (ack) await carry(ack);
    expect(sent[0]?.text).to.contain('You did not say what is wanted: reply with it.').and.not.to.contain('ask for');
  });

  it('acknowledges the same again after a failure, though the task has gone on and others were made', async () => {
    const { world, sent, carry, mailing, takes, failing } = await aDesk();
    const { conversation } = await takes();
    const [ack] = mailing();
    failing(new Retryable('away'));
    expect(ack && (await refusal(carry(ack)))).to.be.instanceOf(Retryable);
    await world.does(world.pilot, 'create_task', { title: 'Another', conversation });
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'scribe' });
    failing(undefined);
    if (ack) await carry(ack);
    expect(sent).to.have.length(2);
    expect(sent[1]).to.deep.equal(sent[0]);
    expect(sent[0]?.text).to.contain('#1').and.to.contain('Pilot');
  });

  it('carries what others say to followers, in one thread, with what it answers quoted', async () => {
    const { world, sent, carry, mailing, takes } = await aDesk();
    const { conversation } = await takes();
    await world.does(world.pilot, 'post_message', { conversation, text: 'It costs **1.30**.' });
    const [ack, said] = mailing();
    if (ack) await carry(ack);
    if (said) await carry(said);
    const [first, second] = sent;
    expect(second?.to.map(({ address }) => address).sort()).to.deep.equal(['ben@x.example', 'maja@x.example']);
    expect(second?.subject).to.equal(first?.subject);
    expect(second?.references?.[0]).to.equal(first?.references?.[0]);
    expect(second?.envelopeFrom, 'a bounce finds its way').to.equal(undefined);
    expect(second?.text)
      .to.contain('It costs 1.30.')
      .and.to.match(/^Maja wrote:\n> Please look\.\n$/m);
    expect(second?.text, 'Skein’s frame is nobody’s words').not.to.match(/By mail|> .*Rye/);
    expect(second?.html).to.contain('<strong>1.30</strong>');
  });

  it('quotes what its sender wrote as it looks, and nothing of a forward without a word', async () => {
    const { world, sent, carry, mailing, takes } = await aDesk();
    const first = await takes({ text: 'Is it **ours**?\n\n- one' });
    await world.does(world.pilot, 'post_message', { conversation: first.conversation, text: 'Yes.' });
    const origin = { messageId: '<m2@x.example>', outside: 'From: Mill', raw: 'h' };
    const second = await takes({ title: 'Heat test', text: '', files: ['mail/a.csv'] }, origin);
    await world.does(world.pilot, 'post_message', { conversation: second.conversation, text: 'Seen.' });
    for (const one of mailing().filter(({ about }) => about === 'message')) await carry(one);
    const [quoting, bare] = sent;
    expect(quoting?.text).to.contain('> Is it ours?');
    expect(quoting?.html).to.match(/<blockquote[^>]*><p>Is it <strong>ours<\/strong>\?<\/p>/);
    expect(bare?.text).not.to.contain('wrote:');
  });

  it('spares those who read people’s words in Slack, not those who do not; agents are heard by both', async () => {
    const { world, sent, carry, mailing, takes } = await aDesk(SLACK);
    const { conversation } = await takes();
    world.clock.now += 60_000;
    await world.does(world.ada, 'post_message', { conversation, text: 'Closed on Mondays.' });
    await world.does(world.pilot, 'post_message', { conversation, text: 'Noted.' });
    for (const one of mailing()) await carry(one);
    expect(sent.map(({ to, from }) => [from.name, to.map(({ name }) => name).sort()])).to.deep.equal([
      ['Pilot (Launch)', ['Maja']],
      ['Ada Lindqvist (Launch)', ['Maja']],
      ['Pilot (Launch)', ['Ben Okafor', 'Maja']],
    ]);
  });

  it('waits a little for the thread that its link leads to, and no longer', async () => {
    const { world, ben, sent, carry, mailing, takes } = await aDesk(SLACK);
    await takes({}, {}, ben);
    const [ack] = mailing();
    const waits = ack && (await refusal(carry(ack)));
    expect(waits).to.be.instanceOf(Retryable);
    // Fewer waits than the attempts that a mail has, so that none is put aside because Slack is slow.
    expect(5_000 / ((waits as Retryable).retryAfterMs ?? 0)).to.be.at.most(4);
    world.clock.now += 5_001;
    if (ack) await carry(ack);
    expect(sent).to.have.length(1);
  });

  it('that the mail server refuses is told in the conversation, once, and by no mail', async () => {
    const { world, carry, mailing, takes, failing } = await aDesk();
    const { conversation } = await takes();
    const [ack] = mailing();
    failing(new InvalidInput('The mail server refuses the recipient.'));
    for (let n = 0; n < 2; n++) if (ack) expect(await refusal(carry(ack))).to.be.instanceOf(InvalidInput);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.filter(({ text }: { text: string }) => text.includes('could not be sent'))).to.have.length(1);
    expect(mailing()).to.have.length(1);
  });

  it('that reaches only some is told in the conversation, once, with the names of the others', async () => {
    const { world, carry, mailing, takes, refusing } = await aDesk();
    const { conversation } = await takes();
    await world.does(world.pilot, 'post_message', { conversation, text: 'It is done.' });
    const said = mailing().at(-1);
    refusing(['Ben@x.example']);
    for (let n = 0; n < 2; n++) if (said) await carry(said);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    const told = messages
      .map(({ text }: { text: string }) => text)
      .filter((text: string) => text.includes('not reach'));
    expect(told).to.have.length(1);
    expect(told[0]).to.contain('did not reach Ben Okafor: the mail server refused');
    expect(mailing(), 'and is told by no mail').to.have.length(2);
  });

  it('is not sent once it is erased, nor to those who left', async () => {
    const { world, sent, carry, mailing, takes, maja } = await aDesk();
    const { conversation, message } = await takes();
    const said = await world.does(world.pilot, 'post_message', { conversation, text: 'Secret.' });
    await world.does(world.pilot, 'post_message', { conversation, text: 'For members.' });
    await world.does(world.ada, 'redact', { what: said.message.id });
    await world.does(world.ada, 'redact', { what: message });
    await world.does(world.ada, 'remove_member', { who: maja });
    for (const one of mailing()) await carry(one);
    expect(sent.map(({ to }) => to.map(({ name }) => name))).to.deep.equal([['Ben Okafor']]);
    expect(sent[0]?.text).to.contain('For members.').and.not.to.contain('Please look');
  });
});
