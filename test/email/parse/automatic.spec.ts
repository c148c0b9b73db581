import { expect } from 'chai';
import { judgeAutomatic, type Ours } from '../../../src/email/parse/automatic.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail, aMultipart } from '../build.ts';

const ours: Ours = { isOurs: (address) => address.endsWith('@pods.test'), loop: 'skein' };
const judge = async (raw: Buffer, more: Partial<Ours> = {}) =>
  judgeAutomatic({ ...ours, ...more }, await parseMail(raw));
const withHeaders = (headers: Record<string, string | string[]>, more: Partial<Ours> = {}) =>
  judge(aMail({ headers }), more);

/** As colleagues write them. */
const SUBJECTS = [
  'Auto insurance',
  'Auto: which one do we lease?',
  'Out of ideas',
  'Out of office next week, who takes my tasks?',
  'Re: office hours',
  'Poisoned list',
  'Undelivered parcels: please call DHL',
  'Delivery failure at gate 3, who is on duty?',
  'Delivery status of order 400',
  'Delivery has failed twice this week',
  'Failure notice of the landlord',
  'Returned mail from the post office',
  'Mail delivery failed in building 4',
  'Mail system error on the label printer',
  'Message you sent was not clear to the client',
  'Undeliverable goods: what do we do?',
  'Unzustellbare Pakete: bitte DHL anrufen',
  'On holiday next week, who takes my tasks?',
  'On vacation: please water the plants',
  'On leave from Monday',
  'Away from my office on Friday',
  'Automatic reply: how do I turn it off?',
  'Automatic response of the sprinklers',
  'Abwesenheitsmeldung von Ben eintragen',
  'Absence du chauffeur lundi',
  'Afwezig: wie neemt over?',
];

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
    [
      'that Exchange replied by itself',
      { Subject: 'Automatic reply: The list', 'Auto-Submitted': 'auto-generated' },
      'auto_reply',
    ],
    [
      'of an old responder, known by its headers beside its subject',
      { Subject: 'Abwesenheitsnotiz: Die Liste', Precedence: 'junk', 'In-Reply-To': '<a@x.test>' },
      'auto_reply',
    ],
    ['that tells by no header but its empty return path', { Subject: 'Auto: x', 'Return-Path': '<>' }, 'auto_reply'],
    ['of a list', { 'List-Id': '<l.example.org>' }, 'list'],
    ['of a newsletter', { 'List-Unsubscribe': '<https://x.test/u>' }, 'list'],
    ['sent in bulk', { Precedence: 'bulk' }, 'list'],
    ['of a mail server', { From: 'MAILER-DAEMON@mx.test' }, 'bounce'],
    [
      'of a robot whose subject is that of a bounce',
      { From: 'no-reply@x.test', Subject: 'Undeliverable: x' },
      'bounce',
    ],
    ['that names whom a mail did not reach', { 'X-Failed-Recipients': 'bob@far.test' }, 'bounce'],
    ['without return address', { 'Return-Path': '<>' }, 'bounce'],
    [
      'without return address that is an automatic reply',
      { 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' },
      'auto_reply',
    ],
    ['with our loop mark', { 'X-Loop': 'skein' }, 'loop'],
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

  for (const Subject of SUBJECTS)
    it(`about “${Subject}” is a person's: a subject alone decides nothing`, async () => {
      expect(await withHeaders({ Subject })).to.deep.equal({ kind: 'person', answer: true });
      expect((await withHeaders({ Subject: `Re: ${Subject}`, 'In-Reply-To': '<a@x.test>' })).kind).to.equal('person');
    });

  it('that answers one and whose subject alone is that of an automatic reply may be a machine’s', async () => {
    for (const Subject of [
      'Automatic reply: The list',
      'Réponse automatique : La liste',
      '自動返信: 一覧',
      'Auto: x',
    ]) {
      const verdict = await withHeaders({ Subject, References: '<a@x.test>' });
      expect(verdict, Subject).to.deep.include({ kind: 'person', answer: false });
      expect(verdict).to.have.property('doubt').that.contains('a machine may have written it');
    }
  });

  it('is surely a machine’s where it says so itself; what a person’s mail can carry as well is not sure', async () => {
    const sure = async (headers: Record<string, string>) => (await withHeaders(headers)) as { sure?: boolean };
    for (const headers of [
      { 'Auto-Submitted': 'auto-replied' },
      { 'Auto-Submitted': 'auto-generated', 'In-Reply-To': '<a@x.test>' },
      { 'X-Autoreply': 'yes' },
      { 'X-Loop': 'skein' },
      { From: 'mailer-daemon@x.test' },
    ] as Record<string, string>[])
      expect((await sure(headers)).sure, JSON.stringify(headers)).to.equal(true);
    for (const headers of [
      { 'Auto-Submitted': 'auto-generated' },
      { 'List-Id': '<l.x.test>' },
      { 'List-Unsubscribe': '<https://x.test/u>' },
      { Precedence: 'bulk' },
      { 'X-Loop': 'other' },
      { 'Return-Path': '<>' },
    ] as Record<string, string>[])
      expect((await sure(headers)).sure, JSON.stringify(headers)).to.equal(false);
  });

  it('of a person is none of a robot’s, whatever their address, and none of ours, whatever its id', async () => {
    for (const From of ['postmaster@x.test', 'no-reply@x.test', 'maja@pods.test'])
      expect((await withHeaders({ From }, { isPerson: true })).kind, From).to.equal('person');
    expect((await withHeaders({}, { wasSent: true })).kind).to.equal('own');
    expect((await withHeaders({}, { wasSent: true, isPerson: true })).kind).to.equal('person');
    expect((await withHeaders({ 'Message-ID': '<p1.t1.3@pods.test>' })).kind).to.equal('person');
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
    expect(verdict.kind).to.equal('bounce');
    expect(verdict)
      .to.have.property('bounced')
      .that.deep.includes({ messageId: '<p1.t1.3@pods.test>', status: '5.1.1', recipients: ['bob@far.test'] })
      .and.deep.includes({ why: 'address', pending: false });
  });
});
