import { expect } from 'chai';
import { parseMail } from '../../src/email/parse-mail.ts';
import { splitForward } from '../../src/email/split-forward.ts';
import { readSubject } from '../../src/email/subject.ts';
import { aMultipart } from './build.ts';

describe('a subject', () => {
  const cases: [string, string, boolean, boolean][] = [
    ['Fwd: The list', 'The list', true, false],
    ['FW: RE: The list', 'The list', true, true],
    ['WG: AW: Die Liste', 'Die Liste', true, true],
    ['TR : Re: La liste', 'La liste', true, true],
    ['RV: La lista', 'La lista', true, false],
    ['Re[2]: The list', 'The list', false, true],
    ['SV: VS: Listan', 'Listan', false, true],
    ['转发:列表', '列表', true, false],
    ['[EXTERNAL] Fwd: The list', 'The list', true, false],
    ['Regarding: the list', 'Regarding: the list', false, false],
    ['I: La lista', 'La lista', true, false],
    ['Re:', '', false, true],
    ['', '', false, false],
  ];
  for (const [subject, title, forward, reply] of cases)
    it(`"${subject}" is about "${title}"`, () => {
      expect(readSubject(subject)).to.deep.equal({ title, forward, reply });
    });
});

const header = [
  'From: Eve <eve@far.test>',
  'Date: Mon, 16 Nov 2026 at 08:00',
  'Subject: Offer',
  'To: Ada <ada@example.org>',
];
const inline = (subject: string, ...lines: string[]) =>
  splitForward({ subject, text: lines.join('\n'), forwarded: [] });

describe('a forward in plain text', () => {
  const forms: [string, string, string[]][] = [
    ['Gmail', 'Fwd: Offer', ['---------- Forwarded message ---------', ...header]],
    [
      'a German Gmail',
      'Fwd: Offer',
      [
        '---------- Weitergeleitete Nachricht ---------',
        'Von: Eve <eve@far.test>',
        'Datum: 16.11.2026',
        'Betreff: Offer',
        'An: Ada',
      ],
    ],
    [
      'Thunderbird',
      'Fwd: Offer',
      [
        '-------- Forwarded Message --------',
        'Subject: Offer',
        ...header.filter((line) => !line.startsWith('Subject')),
      ],
    ],
    ['Apple Mail', 'Fwd: Offer', ['Begin forwarded message:', '', ...header]],
    [
      'a French Apple Mail',
      'Tr: Offer',
      [
        'Début du message réexpédié :',
        '',
        'De: Eve <eve@far.test>',
        'Objet: Offer',
        'Date: 16 novembre 2026',
        'À: Ada',
      ],
    ],
    [
      'Outlook',
      'FW: Offer',
      [
        '________________________________',
        'From: Eve <eve@far.test>',
        'Sent: Monday, 16 November 2026',
        'To: Ada',
        'Subject: Offer',
      ],
    ],
    [
      'a German Outlook',
      'WG: Offer',
      ['Von: Eve <eve@far.test>', 'Gesendet: Montag, 16. November 2026', 'An: Ada', 'Betreff: Offer'],
    ],
    ['old Outlook', 'FW: Offer', ['-----Original Message-----', ...header]],
    [
      'a Spanish Gmail',
      'Fwd: Offer',
      [
        '---------- Forwarded message ---------',
        'De: Eve <eve@far.test>',
        'Date: lun, 16 nov 2026',
        'Subject: Offer',
        'To: Ada',
      ],
    ],
  ];
  for (const [name, subject, mark] of forms)
    it(`of ${name} is the words above and the mail below`, () => {
      const found = inline(subject, 'Please answer this by Friday.', '', ...mark, '', 'Buy now!', '', 'Eve');
      expect(found?.above).to.equal('Please answer this by Friday.');
      const [forwarded] = found?.forwarded ?? [];
      expect(forwarded?.text).to.equal('Buy now!\n\nEve');
      expect(forwarded).to.deep.include({ from: 'Eve <eve@far.test>', subject: 'Offer' });
    });

  it('with nothing above says so', () => {
    expect(inline('Fwd: Offer', '---------- Forwarded message ---------', ...header, '', 'Buy now!')).to.include({
      above: '',
      how: 'inline',
    });
  });

  it('keeps the signature out of the words above', () => {
    const found = inline(
      'Fwd: Offer',
      'See below.',
      '',
      '-- ',
      'Ada',
      '',
      '---------- Forwarded message ---------',
      ...header,
      '',
      'Buy now!',
    );
    expect([found?.above, found?.signature.includes('Ada')]).to.deep.equal(['See below.', true]);
  });

  it('keeps the quotes of the forwarded mail', () => {
    const found = inline('Fwd: Offer', '---------- Forwarded message ---------', ...header, '', 'Yes.', '> Really?');
    expect(found?.forwarded[0]?.text).to.equal('Yes.\n> Really?');
  });

  it('is also an old mail with nothing written above it', () => {
    const text = 'From: Eve <eve@far.test>\nSent: Monday\nTo: Ada\nSubject: Offer\n\nBuy now!';
    expect(splitForward({ subject: 'Re: Offer', text, forwarded: [] })).to.deep.include({
      above: '',
      forwarded: [{ text }],
    });
    expect(splitForward({ subject: 'Re: Offer', text: `No.\n\n${text}`, forwarded: [] })).to.equal(undefined);
  });

  it('is not a reply that quotes a forward, nor a mail that only calls itself one', () => {
    expect(
      inline(
        'Re: Offer',
        'No.',
        '',
        'On Mon, 16 Nov 2026 at 09:00, Ada <a@x.test> wrote:',
        '> ---------- Forwarded message ---------',
      ),
    ).to.equal(undefined);
    expect(inline('Fwd: Offer', 'I wanted to forward something, and forgot.')).to.equal(undefined);
    expect(
      inline('Re: Offer', 'No.', '', 'From: Eve <e@x.test>', 'Sent: Monday', 'To: Ada', 'Subject: Offer', '', 'Buy!'),
    ).to.equal(undefined);
  });
});

describe('a forward in HTML', () => {
  const only = (html: string) => splitForward({ subject: 'Fwd: Offer', text: '', html, forwarded: [] });
  it('of Gmail is taken apart', () => {
    const found = only(
      '<div dir="ltr">Please look.<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Eve</b> <span>&lt;eve@far.test&gt;</span><br>Date: Mon, 16 Nov 2026<br>Subject: Offer<br>To:  &lt;ada@example.org&gt;<br></div><br><div>Buy <b>now</b>!</div></div></div>',
    );
    expect(found?.above).to.equal('Please look.');
    expect(found?.forwarded).to.deep.equal([
      {
        from: 'Eve <eve@far.test>',
        date: 'Mon, 16 Nov 2026',
        to: '<ada@example.org>',
        subject: 'Offer',
        text: 'Buy now!',
      },
    ]);
  });

  it('of Apple Mail is taken apart', () => {
    const found = only(
      '<div>Please look.</div><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Eve &lt;eve@far.test&gt;</div><div><b>Subject: </b>Offer</div><div><b>Date: </b>16 November 2026</div><br><div>Buy now!</div></blockquote>',
    );
    expect(found?.above).to.equal('Please look.');
    expect(found?.forwarded[0]).to.include({ from: 'Eve <eve@far.test>', text: 'Buy now!' });
  });
});

describe('an attached forward', () => {
  it('is the words of the mail and the mails inside it', async () => {
    const mail = await parseMail(
      aMultipart({
        headers: { Subject: 'Two offers' },
        parts: [
          'Content-Type: text/plain\r\n\r\nCompare these.\r\n-- \r\nAda\r\n',
          'Content-Type: message/rfc822\r\n\r\nFrom: Eve <eve@far.test>\r\nSubject: Offer\r\nDate: Mon, 16 Nov 2026 08:00:00 +0000\r\n\r\nBuy now!\r\n',
          'Content-Type: message/rfc822\r\n\r\nFrom: bob@far.test\r\nSubject: Better offer\r\n\r\nBuy here!\r\n',
        ],
      }),
    );
    const found = splitForward(mail);
    expect(found).to.include({ above: 'Compare these.', how: 'attached' });
    expect(found?.forwarded).to.deep.equal([
      { from: 'Eve <eve@far.test>', date: '2026-11-16T08:00:00.000Z', subject: 'Offer', text: 'Buy now!' },
      { from: 'bob@far.test', subject: 'Better offer', text: 'Buy here!' },
    ]);
  });
});
