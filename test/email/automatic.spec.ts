import { expect } from 'chai';
import { judgeAutomatic, type Ours } from '../../src/email/automatic.ts';
import { parseMail } from '../../src/email/parse-mail.ts';
import { aMail, aMultipart } from './build.ts';

const ours: Ours = { domain: 'pods.test', isOurs: (address) => address.endsWith('@pods.test'), loop: 'skein' };
const judge = async (raw: Buffer) => judgeAutomatic(ours, await parseMail(raw));
const withHeaders = (headers: Record<string, string | string[]>) => judge(aMail({ headers }));

describe('a mail', () => {
  it('of a person is answered', async () => {
    expect(await withHeaders({ 'Return-Path': '<ada@example.org>', 'Auto-Submitted': 'no' })).to.deep.equal({
      kind: 'person',
      answer: true,
    });
  });

  it('of a person may ask that no machine answers it', async () => {
    expect(await withHeaders({ 'X-Auto-Response-Suppress': 'OOF, AutoReply' })).to.deep.equal({
      kind: 'person',
      answer: false,
    });
    expect(await withHeaders({ 'X-Auto-Response-Suppress': 'DR, RN' })).to.deep.equal({ kind: 'person', answer: true });
  });

  const cases: [string, Record<string, string | string[]>, string][] = [
    ['that says it is automatic', { 'Auto-Submitted': 'auto-replied (vacation)' }, 'auto_reply'],
    ['with a loop mark of another machine', { 'X-Loop': 'ticket-system' }, 'auto_reply'],
    ['with Precedence auto_reply', { Precedence: 'auto_reply' }, 'auto_reply'],
    ['with X-Autoreply', { 'X-Autoreply': 'yes' }, 'auto_reply'],
    ['of nobody', { From: 'no-reply@shop.test' }, 'auto_reply'],
    ['with an English out-of-office subject only', { Subject: 'Automatic reply: The list' }, 'auto_reply'],
    ['with a German out-of-office subject only', { Subject: 'Abwesenheitsnotiz: Die Liste' }, 'auto_reply'],
    ['with a French out-of-office subject only', { Subject: 'Réponse automatique : La liste' }, 'auto_reply'],
    ['with a Japanese out-of-office subject only', { Subject: '自動返信: 一覧' }, 'auto_reply'],
    ['of a list', { 'List-Id': '<l.example.org>' }, 'list'],
    ['of a newsletter', { 'List-Unsubscribe': '<https://x.test/u>' }, 'list'],
    ['sent in bulk', { Precedence: 'bulk' }, 'list'],
    ['of a mail server', { From: 'MAILER-DAEMON@mx.test' }, 'bounce'],
    ['with a bounce subject only', { Subject: 'Undeliverable: The list' }, 'bounce'],
    ['without return address', { 'Return-Path': '<>' }, 'bounce'],
    [
      'without return address that is an automatic reply',
      { 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' },
      'auto_reply',
    ],
    ['with our loop mark', { 'X-Loop': 'skein' }, 'loop'],
    ['with a Message-ID of ours', { 'Message-ID': '<p1.t1.3@pods.test>' }, 'own'],
    ['from an address of ours', { From: 'launch@pods.test' }, 'own'],
    [
      'that is a read receipt',
      { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=x' },
      'report',
    ],
  ];
  for (const [name, headers, kind] of cases)
    it(`${name} is not a person's (${kind})`, async () => {
      const verdict = await withHeaders(headers);
      expect(verdict.kind).to.equal(kind);
      expect(verdict)
        .to.have.property('reason')
        .that.matches(/^[A-Z].*\.$/);
    });

  for (const Subject of ['Auto insurance', 'Out of ideas', 'Re: office hours', 'Poisoned list'])
    it(`about "${Subject}" is a person's`, async () => {
      expect((await withHeaders({ Subject })).kind).to.equal('person');
    });

  it('that came with an empty MAIL FROM is a bounce', async () => {
    expect(judgeAutomatic(ours, await parseMail(aMail()), { mailFrom: '' }).kind).to.equal('bounce');
    expect(judgeAutomatic(ours, await parseMail(aMail()), { mailFrom: 'ada@example.org' }).kind).to.equal('person');
  });
});

describe('a bounce', () => {
  it('tells which mail did not reach whom, and whether it ever will', async () => {
    const verdict = await judge(
      aMultipart({
        type: 'report; report-type=delivery-status',
        headers: { From: 'MAILER-DAEMON@mx.test', 'Return-Path': '<>' },
        parts: [
          'Content-Type: text/plain\r\n\r\nSorry.',
          'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; Bob@Far.test\r\nAction: failed\r\nStatus: 5.1.1\r\n',
          'Content-Type: message/rfc822\r\n\r\nMessage-ID: <p1.t1.3@pods.test>\r\nSubject: x\r\n\r\nbody\r\n',
        ],
      }),
    );
    expect(verdict).to.deep.include({
      kind: 'bounce',
      bounced: { messageId: '<p1.t1.3@pods.test>', status: '5.1.1', recipient: 'bob@far.test' },
    });
  });
});
