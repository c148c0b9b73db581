import { expect } from 'chai';
import { mailHome } from '../../../src/email/address.ts';
import type { Outgoing } from '../../../src/email/render/compose-mail.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { answerMail } from '../../../src/outbox/mail/answer-mail.ts';
import { type MailSendingDoc, makeMailOut } from '../../../src/outbox/mail/mail-out.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { heardBy } from '../../logs.ts';
import { aWorld } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';
import { REPLIES } from '../mail/replies.ts';

describe('a word about a mail, to whoever wrote it', () => {
  async function aDesk() {
    const store = memoryStore([...LOG_SPECS, ...VIEW_SPECS, { name: 'sending', kind: 'journal', indexes: [] }]);
    const world = await aWorld({ store });
    const maja = (await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' })).person.id;
    const sent: Outgoing[] = [];
    const lines: string[] = [];
    const sending = store.collection<MailSendingDoc>('sending');
    const sender = {
      async send(mail: Outgoing) {
        sent.push(mail);
        return { rejected: [], later: [] };
      },
    };
    const clock = () => world.clock.now;
    const out = makeMailOut({
      home: mailHome({ domain: 'pods.test' }),
      loop: 'l',
      replies: REPLIES,
      sender,
      sending,
      clock,
    });
    const deps = { read: makeReader(store), texts, out, sending, logger: heardBy((phrase) => lines.push(phrase)) };
    const mail = { messageId: '<m@x.example>', references: ['<r@x.example>'], subject: 'Fwd: Re: Rye' };
    const answer = (key: string, at = world.clock.now, person = maja) =>
      answerMail(deps, { person, mail, at, text: 'No pod has that address.' }, key);
    return { world, sent, lines, answer };
  }

  it('answers that mail, to them alone, so that nothing answers it', async () => {
    const { sent, answer } = await aDesk();
    await answer('k');
    expect(sent).to.have.length(1);
    expect(sent[0]).to.deep.include({
      ...{ kind: 'reply', to: [{ name: 'Maja', address: 'maja@x.example' }], subject: 'Re: Rye', envelopeFrom: '' },
      ...{ from: { name: 'Skein', address: 'skein@pods.test' }, inReplyTo: '<m@x.example>' },
    });
    expect(sent[0]?.references?.slice(1)).to.deep.equal(['<r@x.example>', '<m@x.example>']);
    expect(sent[0]?.text).to.contain('No pod has that address.');
  });

  it('goes out ten times an hour at most, and a repeat of one that went is none', async () => {
    const { world, sent, lines, answer } = await aDesk();
    const hour = world.clock.now - (world.clock.now % 3_600_000);
    for (let n = 0; n < 12; n++) await answer(`k${n}`, hour + n);
    await answer('k3', hour + 50);
    expect(sent).to.have.length(10);
    expect(lines).to.have.length(2);
    await answer('k99', hour + 3_600_000);
    expect(sent).to.have.length(11);
  });

  it('is sent to nobody without an address', async () => {
    const { world, sent, answer } = await aDesk();
    await answer('k', 0, world.ben);
    expect(sent).to.deep.equal([]);
  });
});
