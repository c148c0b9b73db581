import { expect } from 'chai';
import { mailHome } from '../../../src/email/address.ts';
import type { Outgoing } from '../../../src/email/render/compose-mail.ts';
import { parseId } from '../../../src/email/thread.ts';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import { type MailSendingDoc, makeMailOut, type Stamp } from '../../../src/outbox/mail/mail-out.ts';
import { refusal } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { REPLIES } from './replies.ts';

describe('a mail that goes out', () => {
  const sending = () =>
    memoryStore([{ name: 'sending', kind: 'journal', indexes: [] }]).collection<MailSendingDoc>('sending');
  let sent: Outgoing[];
  let fails: Error | undefined;
  let outcome: { rejected: string[]; later: string[] };
  let now: number;
  beforeEach(() => {
    sent = [];
    fails = undefined;
    outcome = { rejected: [], later: [] };
    now = Date.UTC(2026, 10, 21, 9) + 123;
  });

  const ids = { pod: 'p', thread: 'c', n: '1-2' };
  function anOut(docs = sending()) {
    const sender = {
      async send(mail: Outgoing) {
        sent.push(mail);
        if (fails) throw fails;
        return outcome;
      },
    };
    const out = makeMailOut({
      replies: REPLIES,
      home: mailHome({ domain: 'pods.test' }),
      loop: 'l',
      sender,
      sending: docs,
      clock: () => now,
    });
    return { out, docs };
  }
  const composed = ({ messageId, date, facts }: Stamp): Outgoing => ({
    ...{
      kind: 'reply',
      from: { name: '', address: 'a@pods.test' },
      to: [],
      subject: facts.parent ?? '',
      messageId,
      date,
    },
    ...{ text: facts.link ?? '', html: '', loop: 'l' },
  });

  it('is sent once, whoever asks again', async () => {
    const { out, docs } = anOut();
    await out.sendOnce('k', composed, ids);
    await out.sendOnce('k', composed, ids);
    await anOut(docs).out.sendOnce('k', composed, ids);
    expect(sent).to.have.length(1);
  });

  it('is sent once, though two ask at the same time', async () => {
    const { out } = anOut();
    await Promise.all([1, 2, 3].map(() => out.sendOnce('k', composed, ids)));
    expect(sent).to.have.length(1);
  });

  it('is the same mail after a failure, later and in another process, though the world has changed', async () => {
    const { out, docs } = anOut();
    fails = new Retryable('away');
    await refusal(out.sendOnce('k', composed, ids, { link: 'one', parent: '<m@x>' }));
    now += 60_000;
    fails = undefined;
    await anOut(docs).out.sendOnce('k', composed, ids, { link: 'two', parent: '<n@x>' });
    expect(sent).to.have.length(2);
    expect(sent[1]).to.deep.equal(sent[0]);
    expect(sent[0]).to.include({ date: '2026-11-21T09:00:00.000Z', text: 'one' });
    expect(parseId(sent[0]?.messageId ?? '', 'pods.test')).to.deep.equal(ids);
  });

  it('says whom the server refused, also to whoever asks again', async () => {
    const { out, docs } = anOut();
    outcome = { rejected: ['gone@x'], later: [] };
    expect(await out.sendOnce('k', composed, ids)).to.deep.equal(['gone@x']);
    expect(await anOut(docs).out.sendOnce('k', composed, ids)).to.deep.equal(['gone@x']);
  });

  it('goes again only to those whom the server would not take yet, until it knows of each', async () => {
    const { out, docs } = anOut();
    outcome = { rejected: ['gone@x'], later: ['busy@x', 'slow@x'] };
    expect(await refusal(out.sendOnce('k', composed, ids))).to.be.instanceOf(Retryable);
    outcome = { rejected: [], later: ['slow@x'] };
    expect(await refusal(out.sendOnce('k', composed, ids))).to.be.instanceOf(Retryable);
    fails = new InvalidInput('No recipient is left.');
    expect(await anOut(docs).out.sendOnce('k', composed, ids)).to.deep.equal(['gone@x', 'slow@x']);
    expect(sent.map(({ envelopeTo }) => envelopeTo)).to.deep.equal([undefined, ['busy@x', 'slow@x'], ['slow@x']]);
    expect({ ...sent[2], envelopeTo: undefined }, 'the same mail').to.deep.equal({ ...sent[0], envelopeTo: undefined });
  });

  it('that comes to nothing is not sent, now or later', async () => {
    const { out } = anOut();
    await out.sendOnce('k', () => undefined, ids);
    await out.sendOnce('k', composed, ids);
    expect(sent).to.deep.equal([]);
  });
});
