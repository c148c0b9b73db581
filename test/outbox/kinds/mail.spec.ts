import { expect } from 'chai';
import { InvalidInput, NotYet, Retryable } from '../../../src/errors.ts';
import { sha256 } from '../../../src/log/ids.ts';
import type { Origin } from '../../../src/log/place.ts';
import type { Mailing } from '../../../src/outbox/mail/target.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { aMail } from '../../email/build.ts';
import { refusal } from '../../pods/build.ts';
import { aDesk, LINK } from './mail-desk.ts';

const SLACK: Origin = { kind: 'slack', team: 'T1', channel: 'C1' };

describe('what is said in a conversation, as mail', () => {
  it('acknowledges a mail once, to its sender, from the agent that has the task', async () => {
    const { sent, carry, mailing, takes, late } = await aDesk();
    await takes({ handle: 'scribe' });
    const [ack] = mailing();
    if (ack) await late(ack);
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
    const { world, sent, mailing, takes, late } = await aDesk();
    const { conversation } = await takes({ handle: 'scribe' }, { references: ['<a@x.example>', '<b@x.example>'] });
    const [ack] = mailing();
    if (ack) await late(ack);
    const root = `<${world.pod}.${conversation}.root@pods.test>`;
    expect(sent[0]?.references).to.deep.equal([root, '<a@x.example>', '<b@x.example>', '<m1@x.example>']);
    expect(sent[0]?.inReplyTo).to.equal('<m1@x.example>');
    expect(sent[0]?.replyTo?.name).to.equal('Scribe (Launch)');
    expect(sent[0]?.replyTo?.address).to.match(/^launch\+re-[0-9a-z]{25}@pods\.test$/);
  });

  it('answers no mail that there never was: one without an id is named by nobody', async () => {
    const { world, sent, mailing, takes, late } = await aDesk();
    const { conversation } = await takes({}, { messageId: `<${'a'.repeat(32)}@content>` });
    const [ack] = mailing();
    if (ack) await late(ack);
    expect(sent[0]).not.to.have.property('inReplyTo');
    expect(sent[0]?.references).to.deep.equal([`<${world.pod}.${conversation}.root@pods.test>`]);
  });

  it('links to the thread for whoever has an account there', async () => {
    const { ben, sent, mailing, takes, late } = await aDesk();
    await takes({ followers: [] }, {}, ben);
    const [ack] = mailing();
    if (ack) await late(ack);
    expect(sent[0]?.text).to.contain(LINK);
  });

  it('acknowledges what was asked for, the files that are kept, and who hears nothing', async () => {
    const { world, store, sent, mailing, takes, late } = await aDesk();
    const to = 'launch@pods.test, Ben <ben@x.example>';
    const raw = aMail({ headers: { From: 'maja@x.example', To: to, Cc: 'Maja@x.example, zed@evil.test' } });
    const hash = sha256(raw);
    await store.blobs.put(world.pod, hash, raw);
    await takes(
      { text: 'Compare the offers.\n\nThanks', files: ['mail/2026-11-21 Rye flour/offer.csv'] },
      { raw: hash },
    );
    const [ack] = mailing();
    if (ack) await late(ack);
    const text = (sent[0]?.text ?? '').replaceAll('\u2060', '');
    expect(text).to.contain('What you ask for: “Compare the offers.”').and.not.to.contain('did not say');
    expect(text).to.contain('Kept as files of the pod: offer.csv');
    expect(text).to.match(/Not members of Launch, so Skein tells them nothing: zed@evil\.test$/m);
  });

  describe('whose answer comes at once', () => {
    const answered = async (desk: Awaited<ReturnType<typeof aDesk>>, text = 'It costs **1.30**.') => {
      const { conversation } = await desk.takes({ text: 'What does it cost?' });
      const { message } = await desk.world.does(desk.world.pilot, 'post_message', { conversation, text });
      return { conversation, message: message.id };
    };

    it('is acknowledged with the answer, in one mail; others get the answer alone', async () => {
      const desk = await aDesk();
      await answered(desk);
      for (const one of desk.mailing()) await desk.late(one);
      for (const one of desk.mailing()) await desk.carry(one);
      const [hers, his, ...more] = desk.sent;
      expect(more).to.deep.equal([]);
      expect([hers, his].map((mail) => mail?.to.map(({ name }) => name))).to.deep.equal([['Maja'], ['Ben Okafor']]);
      expect(hers?.text).to.match(
        /^-- Reply above this line --\n\nIt costs 1\.30\.\n\n\* \* \*\n\nI have taken this on: Rye flour\n/,
      );
      expect(hers?.text).to.contain('Task #1 in Launch, for Pilot').and.to.contain('A first line “done”');
      expect(hers?.html)
        .to.contain('<strong>1.30</strong>')
        .and.to.contain('I have taken this on: <strong>Rye flour</strong>');
      expect(hers).to.deep.include({
        inReplyTo: '<m1@x.example>',
        from: { name: 'Pilot (Launch)', address: 'launch+pilot@pods.test' },
      });
      expect(hers?.envelopeFrom, 'it holds an answer, so a bounce finds its way').to.equal(undefined);
      expect(his?.text).to.contain('It costs 1.30.').and.not.to.contain('taken this on');
    });

    it('waits ten minutes for it, with one look at the end; then the acknowledgement goes alone', async () => {
      const { world, sent, carry, mailing, takes, maja } = await aDesk();
      const { conversation } = await takes({ followers: [] });
      const [ack] = mailing() as [Mailing];
      const waits = await refusal(carry(ack));
      expect(waits, 'no failure').to.be.instanceOf(NotYet);
      expect((waits as NotYet).waitMs).to.equal(600_000);
      world.clock.now += 530_000;
      await world.does(maja, 'post_message', { conversation, text: 'Is it dear?' });
      const more = (await refusal(carry(ack))) as NotYet;
      expect(more.waitMs, 'her own words are no answer').to.be.within(1, 10_000);
      world.clock.now += more.waitMs;
      await carry(ack);
      expect(sent.map(({ text }) => text.split('\n')[0])).to.deep.equal(['I have taken this on: Rye flour']);
    });

    it('is a person’s answer too, in which nobody says that they have taken it on', async () => {
      const { world, sent, carry, mailing, takes } = await aDesk();
      const { conversation } = await takes({ followers: [] });
      world.clock.now += 300_000;
      await world.does(world.ada, 'post_message', { conversation, text: 'I know this one: 1.30.' });
      for (const one of mailing()) await carry(one);
      expect(sent).to.have.length(1);
      expect(sent[0]?.from.name).to.equal('Ada Lindqvist (Launch)');
      expect(sent[0]?.text)
        .to.match(/I know this one: 1\.30\.\n\n\* \* \*\n\nYour mail is a task now: Rye flour\n/)
        .and.not.to.contain('taken this on');
    });

    it('takes the acknowledgement back where she reads it in Slack, or has it from its author', async () => {
      const { world, ben, maja, sent, carry, mailing, takes } = await aDesk(SLACK);
      const inSlack = await takes({ followers: [] }, {}, ben);
      await world.does(world.ada, 'post_message', { conversation: inSlack.conversation, text: 'I know this one.' });
      const { conversation } = await takes({ title: 'Oats', followers: [] }, { messageId: '<m2@x.example>' });
      await world.does(
        ben,
        'post_message',
        { conversation, text: 'I know this one.' },
        { origin: { kind: 'email', messageId: '<b1@x.example>', reached: [maja] } },
      );
      world.clock.now += 60_000;
      for (const one of mailing()) await carry(one);
      expect(sent).to.deep.equal([]);
    });

    it('is the same mail after a crash, and nobody gets the answer twice', async () => {
      const desk = await aDesk();
      const { conversation } = await answered(desk);
      const [ack, said] = desk.mailing();
      desk.failing(new Retryable('away'));
      expect(ack && (await refusal(desk.carry(ack)))).to.be.instanceOf(Retryable);
      await desk.world.does(desk.world.pilot, 'post_message', { conversation, text: 'And oats 0.90.' });
      desk.failing(undefined);
      for (const one of [ack, said, ack, said]) if (one) await desk.late(one);
      expect(desk.sent[1]).to.deep.equal(desk.sent[0]);
      expect(
        desk.sent.slice(2).map(({ to, text }) => [to.map(({ name }) => name).join(), text.includes('1.30')]),
      ).to.deep.equal([
        ['Ben Okafor', true],
        ['Maja', false],
      ]);
    });

    it('goes alone where the answer is erased meanwhile, and the answer alone where the acknowledgement was refused', async () => {
      const desk = await aDesk();
      const { message } = await answered(desk, 'Secret.');
      const [ack, said] = desk.mailing();
      desk.failing(new Retryable('away'));
      if (ack) await refusal(desk.carry(ack));
      await desk.world.does(desk.world.ada, 'redact', { what: message });
      desk.failing(undefined);
      for (const one of [ack, said]) if (one) await desk.carry(one);
      expect(desk.sent.at(-1)?.text).to.contain('I have taken this on').and.not.to.contain('Secret');
      const other = await aDesk();
      await answered(other);
      const [refused, answer] = other.mailing();
      other.failing(new InvalidInput('The mail server refuses it.'));
      if (refused) await refusal(other.carry(refused));
      other.failing(undefined);
      if (answer) await other.carry(answer);
      expect(
        other.sent
          .at(-1)
          ?.to.map(({ name }) => name)
          .sort(),
      ).to.deep.equal(['Ben Okafor', 'Maja']);
    });

    it('is the first one: what an agent says after somebody else has spoken comes alone', async () => {
      const { world, sent, carry, mailing, takes } = await aDesk();
      const { conversation } = await takes({ followers: [] });
      await world.does(world.ada, 'post_message', { conversation, text: 'I know this one.' });
      await world.does(world.pilot, 'post_message', { conversation, text: 'Thanks.' });
      for (const one of mailing()) await carry(one);
      expect(sent.map(({ from }) => from.name)).to.deep.equal(['Ada Lindqvist (Launch)', 'Pilot (Launch)']);
      expect(sent[0]?.text).to.contain('is a task now');
      expect(sent[1]?.text).to.contain('Thanks.').and.not.to.contain('is a task now');
    });
  });

  it('asks what is wanted with a forward without a word', async () => {
    const { sent, mailing, takes, late } = await aDesk();
    await takes({ text: '' }, { outside: 'From: Mill\n\nPay 1.30.' });
    const [ack] = mailing();
    if (ack) await late(ack);
    expect(sent[0]?.text)
      .to.contain('You did not say what you want done. Please reply and say it.')
      .and.not.to.contain('ask for');
  });

  it('acknowledges the same again after a failure, though the task has gone on and others were made', async () => {
    const { world, sent, carry, mailing, takes, failing, late } = await aDesk();
    const { conversation } = await takes();
    const [ack] = mailing();
    failing(new Retryable('away'));
    expect(ack && (await refusal(late(ack)))).to.be.instanceOf(Retryable);
    await world.does(world.pilot, 'create_task', { title: 'Another', conversation });
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'scribe' });
    failing(undefined);
    if (ack) await carry(ack);
    expect(sent).to.have.length(2);
    expect(sent[1]).to.deep.equal(sent[0]);
    expect(sent[0]?.text).to.contain('#1').and.to.contain('Pilot');
  });

  it('carries what others say to followers, in one thread, with what it answers quoted', async () => {
    const { world, sent, carry, mailing, takes, late } = await aDesk();
    const { conversation } = await takes();
    const [ack] = mailing();
    if (ack) await late(ack);
    await world.does(world.pilot, 'post_message', { conversation, text: 'It costs **1.30**.' });
    const said = mailing().at(-1);
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
      ['Ada Lindqvist (Launch)', ['Maja']],
      ['Pilot (Launch)', ['Ben Okafor', 'Maja']],
    ]);
  });

  it('waits a little for the thread that its link leads to, and no longer', async () => {
    const { world, ben, sent, carry, mailing, takes, late } = await aDesk(SLACK);
    await takes({}, {}, ben);
    const [ack] = mailing();
    const waits = ack && (await refusal(carry(ack)));
    // A wait is no attempt, so that none is set aside because Slack is slow.
    expect(waits).to.be.instanceOf(NotYet);
    expect(5_000 / (waits as NotYet).waitMs, 'each asks the store').to.be.at.most(4);
    world.clock.now += 5_001;
    if (ack) await late(ack);
    expect(sent).to.have.length(1);
  });

  it('that the mail server refuses is told in the conversation, once, and by no mail', async () => {
    const { world, mailing, takes, failing, late } = await aDesk();
    const { conversation } = await takes();
    const [ack] = mailing();
    failing(new InvalidInput('The mail server refuses the recipient.'));
    for (let n = 0; n < 2; n++) if (ack) expect(await refusal(late(ack))).to.be.instanceOf(InvalidInput);
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

  it('that is refused whole passes its question to the owners, once', async () => {
    const { world, mailing, takes, failing, late } = await aDesk();
    const { conversation } = await takes();
    const asked = await world.does(world.pilot, 'ask', { conversation, to: ['Maja'], question: 'Which hall?' });
    const said = mailing().findLast(({ about }) => about === 'message');
    failing(new InvalidInput('The mail server refuses the sender.'));
    for (let n = 0; n < 2; n++) if (said) expect(await refusal(late(said))).to.be.instanceOf(InvalidInput);
    const question = await world.doc(QUESTIONS, asked.question.id);
    expect(question).to.include({ role: 'owners', state: 'open' });
    expect(question?.passed).to.have.length(1);
  });

  it('that does not reach whom its question asks passes the question to the owners', async () => {
    const { world, carry, mailing, takes, refusing } = await aDesk();
    const { conversation } = await takes();
    const asked = await world.does(world.pilot, 'ask', { conversation, to: ['Maja'], question: 'Which hall?' });
    const said = mailing().findLast(({ about }) => about === 'message');
    refusing(['maja@x.example']);
    if (said) await carry(said);
    expect(await world.doc(QUESTIONS, asked.question.id)).to.include({ role: 'owners', state: 'open' });
  });

  it('is not sent once it is erased, nor to those who left', async () => {
    const { world, sent, late, mailing, takes, maja } = await aDesk();
    const { conversation, message } = await takes();
    const said = await world.does(world.pilot, 'post_message', { conversation, text: 'Secret.' });
    await world.does(world.pilot, 'post_message', { conversation, text: 'For members.' });
    await world.does(world.ada, 'redact', { what: said.message.id });
    await world.does(world.ada, 'redact', { what: message });
    await world.does(world.ada, 'remove_member', { who: maja });
    for (const one of mailing()) await late(one);
    expect(sent.map(({ to }) => to.map(({ name }) => name))).to.deep.equal([['Ben Okafor']]);
    expect(sent[0]?.text).to.contain('For members.').and.not.to.contain('Please look');
  });
});
