import { expect } from 'chai';
import { judgeAutomatic, reportInWords } from '../../../src/email/parse/automatic.ts';
import { type Bounced, bouncedOf } from '../../../src/email/parse/bounce.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail, aMultipart } from '../build.ts';
import { BOUNCES } from './bounces.ts';

const LOST = { id: '<p1.t1.3@pods.test>', to: 'bob@far.test' };
const ours = { isOurs: (address: string) => address.endsWith('@pods.test'), loop: 'skein' };

async function read(raw: Buffer): Promise<Bounced | undefined> {
  const mail = await parseMail(raw);
  const judged = judgeAutomatic(ours, mail);
  return judged.kind === 'person' ? reportInWords(mail) : judged.bounced;
}

describe('a report that a mail did not arrive', () => {
  it('has many forms', () => {
    expect(Object.keys(BOUNCES).length).to.be.at.least(25);
  });

  for (const [form, build] of Object.entries(BOUNCES))
    it(`of the form “${form}” names the mail and whom it did not reach`, async () => {
      const bounced = await read(build(LOST));
      expect(bounced?.ids).to.include(LOST.id);
      expect([...(bounced?.recipients ?? []), ...(bounced?.named ?? [])]).to.include(LOST.to);
      expect(bounced?.pending).to.equal(false);
    });

  const saying = (words: string, subject = 'Undelivered') =>
    read(aMail({ headers: { From: 'mailer-daemon@x.test', Subject: subject }, body: `${words}\r\n` }));

  for (const [words, why] of [
    ['550 5.1.1 No such user', 'address'],
    ['550 User unknown', 'address'],
    ['552 5.2.2 Over quota', 'full'],
    ['The mailbox is full', 'full'],
    ['550 5.2.1 disabled', 'closed'],
    ['Host or domain name not found', 'domain'],
    ['552 message too large', 'size'],
    ['554 5.7.1 refused', 'policy'],
    ['This looks like spam', 'policy'],
    ['4.4.7 delivery time expired', 'time'],
    ['5.4.6 too many hops', 'circle'],
    ['It broke.', 'unknown'],
  ] as const)
    it(`that says “${words}” is understood: ${why}`, async () => {
      expect((await saying(words))?.why).to.equal(why);
    });

  it('is not the last word while its server goes on trying, or has delivered the mail', async () => {
    const fields = (action: string, code: string) =>
      read(
        aMultipart({
          type: 'report; report-type=delivery-status',
          parts: [
            'Content-Type: text/plain\r\n\r\nx',
            `Content-Type: message/delivery-status\r\n\r\n\r\nFinal-Recipient: rfc822; b@x.test\r\nAction: ${action}\r\nStatus: ${code}\r\n`,
          ],
        }),
      );
    expect((await fields('delayed', '4.4.1'))?.pending).to.equal(true);
    expect((await fields('delivered', '2.0.0'))?.pending).to.equal(true);
    expect((await fields('failed', '4.4.7'))?.pending, 'it was given up').to.equal(false);
    expect((await saying('Warning: it has not yet been delivered, and will be retried.'))?.pending).to.equal(true);
    expect((await saying('451 4.3.0 later'))?.pending).to.equal(true);
    expect((await saying('It was given up: 451 4.3.0'))?.pending).to.equal(false);
  });

  it('of several recipients names those alone whom it did not reach', async () => {
    const group = (who: string, action: string) =>
      `Final-Recipient: rfc822; ${who}\r\nAction: ${action}\r\nStatus: ${action === 'failed' ? '5.1.1' : '2.0.0'}\r\n`;
    const bounced = await read(
      aMultipart({
        type: 'report; report-type=delivery-status',
        parts: [
          `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n${group('a@x.test', 'relayed')}\r\n${group('b@x.test', 'failed')}`,
        ],
      }),
    );
    expect(bounced).to.deep.include({ recipients: ['b@x.test'], status: '5.1.1', pending: false });
  });

  it('that only has no return address names no mail that it merely answers', async () => {
    const away = aMail({ headers: { 'Return-Path': '<>', Subject: 'Im Urlaub', 'In-Reply-To': LOST.id } });
    expect((await read(away))?.ids).to.deep.equal([]);
  });

  it('is read in a time that grows with its length alone', async () => {
    const base = await parseMail(aMail());
    for (const piece of ['@', '<', 'message-id ', '<a@', 'a.b.c@pods.test ', 'Final-Recipient: x;', '5.1.1 ', 'user '])
      for (const length of [200_000]) {
        const begun = process.cpuUsage().user;
        bouncedOf(
          { ...base, text: piece.repeat(length / piece.length), html: piece.repeat(length / piece.length) },
          true,
        );
        expect((process.cpuUsage().user - begun) / 1000, piece).to.be.below(2_000);
      }
  });
});
