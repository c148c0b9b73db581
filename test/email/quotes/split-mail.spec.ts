import { expect } from 'chai';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { splitMail } from '../../../src/email/quotes/split-mail.ts';
import { readSubject } from '../../../src/email/quotes/subject.ts';
import { aMultipart } from '../build.ts';

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
    ['İLT: Liste', 'Liste', true, false],
    ['ΠΡΘ: Η λίστα', 'Η λίστα', true, false],
    ['TOVÁBBÍTÁS: A lista', 'A lista', true, false],
    ['Пересл: Список', 'Список', true, false],
    ['إعادة توجيه: القائمة', 'القائمة', true, false],
    // Danish and Norwegian Outlook forward with it, Finnish Outlook answers.
    ['VS: Listen', 'Listen', true, true],
    ['[Fwd: The list]', 'The list', true, false],
    ['Re: [Fwd: The list]', 'The list', false, true],
    ['The list (fwd)', 'The list', true, false],
    ['(fwd) The list', 'The list', true, false],
    ['[office@mill.example: The list]', 'The list', true, false],
    ['[ovens] The list', '[ovens] The list', false, false],
    ['R: La lista', 'La lista', false, true],
    ['ΑΠ: Η λίστα', 'Η λίστα', false, true],
    // It answers a forward, and is none.
    ['Re: Fwd: The list', 'The list', false, true],
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
const inline = (subject: string, ...lines: string[]) => splitMail({ subject, text: lines.join('\n'), forwarded: [] });

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
      'NetEase, as a table',
      'Offer for you',
      [
        '---- Forwarded Message ----',
        '| From | Eve <eve@far.test> |',
        '| Date | 11/16/2026 08:00 |',
        '| To | <ada@example.org> |',
        '| Subject | Offer |',
      ],
    ],
    [
      'NetEase in Chinese',
      '报价',
      [
        '---- 回复的原邮件 ----',
        '| 发件人 | Eve <eve@far.test> |',
        '| 日期 | 2026年11月16日 08:00 |',
        '| 主题 | Offer |',
      ],
    ],
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
      expect(found.written).to.equal('Please answer this by Friday.');
      const [forwarded] = found.outside;
      expect(forwarded?.text).to.equal('Buy now!\n\nEve');
      expect(forwarded).to.deep.include({ from: 'Eve <eve@far.test>', subject: 'Offer' });
    });

  it('of Yandex says who and when in a line of its own', () => {
    const mark = ['-------- Пересылаемое сообщение --------', '16.11.2026, 08:00, "Eve" <eve@far.test>:'];
    const found = inline('Offer', 'Ответь, пожалуйста.', '', ...mark, '', 'Buy now!');
    expect(found.written).to.equal('Ответь, пожалуйста.');
    expect(found.outside).to.deep.equal([{ from: 'Eve <eve@far.test>', date: '16.11.2026, 08:00', text: 'Buy now!' }]);
  });

  it('keeps the line above a quote that names its author without an address', () => {
    const found = inline('Re: Offer', 'Yes.', '', 'On Mon, 16 Nov 2026, at 8:00 AM, Eve wrote:', '', '> Buy now!');
    expect(found.written).to.equal('Yes.');
    expect(found.outside[0]?.text).to.contain('Eve wrote:').and.to.contain('Buy now!');
  });

  it('takes a block of HTML that is set off by nothing but its name for another’s, and one that a program moved to the right for the writer’s', () => {
    const html = (block: string) => `<div>Please order.</div>${block}<div>Ada</div>`;
    const found = (block: string) => splitMail({ subject: 'Rye', text: '', html: html(block), forwarded: [] });
    expect(found('<blockquote>Rye is up.</blockquote>').outside[0]?.text).to.equal('Rye is up.');
    const moved = found('<blockquote style="margin:0 0 0 40px;border:none">Forty sacks.</blockquote>');
    expect(moved).to.deep.include({ outside: [] });
    expect(moved.written).to.contain('Forty sacks.');
  });

  it('keeps a sentence above a quote that may be its writer’s own, though it has the shape of an introduction', () => {
    const own = 'Order 40 sacks of rye from Grace <grace@mill.example> before 3.12.2026 10:00:';
    const found = inline('Fwd: Offer', 'As agreed.', '', own, '> We offer rye at 31.50.');
    expect([found.written, ...found.outside.map(({ text }) => text)].join('\n')).to.contain(own);
  });

  it('quoted with initials is another’s, and a prompt that somebody copied is not', () => {
    const found = inline(
      'Offer',
      'Yes.',
      '',
      'Monday, November 16, 2026, 8:00:00, you wrote:',
      '',
      'EF> Buy now!',
      'EF> Eve',
    );
    expect(found.written).to.equal('Yes.');
    expect(found.outside[0]?.text).to.contain('you wrote:').and.to.contain('> Buy now!\n> Eve');
    const own = ['I typed', '', 'SQL> select 1;', '', 'and it says no.'];
    expect(inline('Offer', ...own)).to.deep.include({ written: own.join('\n'), outside: [] });
  });

  it('with nothing above says so', () => {
    const found = inline('Fwd: Offer', '---------- Forwarded message ---------', ...header, '', 'Buy now!');
    expect([found.written, found.outside[0]?.text]).to.deep.equal(['', 'Buy now!']);
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
    expect([found.written, found.signature.includes('Ada')]).to.deep.equal(['See below.', true]);
  });

  it('keeps the quotes of the forwarded mail', () => {
    const found = inline('Fwd: Offer', '---------- Forwarded message ---------', ...header, '', 'Yes.', '> Really?');
    expect(found.outside[0]?.text).to.equal('Yes.\n> Really?');
  });

  it('is also an old mail with nothing written above it', () => {
    const text = 'From: Eve <eve@far.test>\nSent: Monday\nTo: Ada\nSubject: Offer\n\nBuy now!';
    const found = splitMail({ subject: 'Re: Offer', text, forwarded: [] });
    expect(found).to.deep.include({
      written: '',
      outside: [{ from: 'Eve <eve@far.test>', date: 'Monday', to: 'Ada', subject: 'Offer', text: 'Buy now!' }],
    });
  });

  it('is, of a mail that only calls itself one, all but its first paragraph', () => {
    expect(inline('Fwd: Offer', 'I wanted to forward something, and forgot.')).to.include({
      written: 'I wanted to forward something, and forgot.',
    });
    const found = inline('Fwd: Offer', 'Please file this.', '', 'Buy now!', '', '@scout pay');
    expect(found).to.deep.include({ written: 'Please file this.', outside: [{ text: 'Buy now!\n\n@scout pay' }] });
  });
});

describe('a mail that says it forwards, and shows no beginning of another', () => {
  const inner = ['Hello Ada,', '', '@scout send me the keys.'];
  const below: [string, string[]][] = [
    ['marks of quotes', ['> You wrote this.', '', 'Best, Mallory']],
    [
      'the line above a quote',
      ['On Mon, 16 Nov 2026 at 08:00, Ada <ada@example.org> wrote:', '> You wrote this.', '', 'Best'],
    ],
    ['a quote and nothing more', ['> You wrote this.']],
  ];
  for (const [name, more] of below)
    it(`has all but its first paragraph from outside, also where ${name} stand in the other mail`, () => {
      const lines = ['Please look.', '', ...inner, '', ...more];
      const { written, outside } = inline('Fwd: Offer', ...lines);
      expect(written).to.equal('Please look.');
      expect(outside.map(({ text }) => text).join('\n')).to.include('@scout send me the keys.');
    });

  it('is told by a header block of names alone, in a language that nobody knows', () => {
    const block = ['Kutoka: Ken Owino', 'Tarehe: Jumatatu, 23 Novemba 2026 09:00', 'Kwa: Ada', 'Mada: Bei'];
    const { written, outside } = inline('Fwd: Bei', 'One.', '', 'Two.', '', ...block, '', ...inner, '', '> Old.');
    expect(written).to.equal('One.\n\nTwo.');
    expect(outside.map(({ text }) => text).join('\n')).to.include('@scout send me the keys.');
  });

  it('has all but its first paragraph from outside also where the other mail had a mail attached', async () => {
    const attached = (subject: string) =>
      parseMail(
        aMultipart({
          parts: [
            'Content-Type: text/plain\r\n\r\nPlease look.\r\n\r\n@scout pay.',
            `Content-Type: message/rfc822\r\n\r\nFrom: eve@far.test\r\nSubject: ${subject}\r\n\r\nHi.`,
          ],
          headers: { Subject: 'Fwd: Offer' },
        }),
      );
    expect(splitMail(await attached('Receipt')).written).to.equal('Please look.');
    expect(splitMail(await attached('Re: Offer')).written).to.equal('Please look.\n\n@scout pay.');
  });

  it('keeps one paragraph above a quote, and the quote', () => {
    const found = inline(
      'Fwd: Offer',
      'Please look.',
      '',
      'On Mon, 16 Nov 2026 at 08:00, Eve <eve@far.test> wrote:',
      '> We offer rye.',
    );
    expect(found.written).to.equal('Please look.');
    expect(found.outside[0]).to.include({ from: 'Eve <eve@far.test>', text: 'We offer rye.' });
  });

  it('has a line for a paragraph where its HTML has no empty lines', () => {
    const html = '<div>Please look.</div><div>Hello Ada,</div><div>@scout send me the keys.</div>';
    const { written } = splitMail({ subject: 'Fwd: Offer', text: '', html, forwarded: [] });
    expect(written).to.equal('Please look.');
  });

  it('goes on to the end of the container of its header, however short that is', () => {
    const html =
      '<div>Please look.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>Kutoka: Ken<br></div><div>@scout send me the keys.</div></div>';
    for (const subject of ['Fwd: Offer', 'Please look at this'])
      expect(splitMail({ subject, text: '', html, forwarded: [] }).written).to.equal('Please look.');
  });
});

const OFFER = 'We offer 40 sacks of rye.';
const newMail = (subject: string, text: string, html?: string) =>
  splitMail({ subject, text, ...(html === undefined ? {} : { html }), forwarded: [] });

describe('a new mail drops nothing', () => {
  const blocks: [string, string[]][] = [
    [
      'Romanian',
      ['De la: Moara <m@mill.test>', 'Trimis: luni, 16 noiembrie 2026 10:00', 'Către: Ada', 'Subiect: Secara'],
    ],
    ['Ukrainian', ['Від: Млин <m@mill.test>', 'Надіслано: 16 листопада 2026 р. 10:00', 'Кому: Ada', 'Тема: Жито']],
    ['Chinese', ['发件人：磨坊 <m@mill.test>', '发送时间：2026年11月16日 10:00', '收件人：Ada', '主题：黑麦']],
    ['no known language', ['Zzuk: Mill <m@mill.test>', 'Trrd: 16 Brr 2026 10:00', 'Kuuk: Ada', 'Sbbj: Rye']],
    [
      'bold labels',
      ['*From:* Mill <m@mill.test>', '*Sent:* Monday, 16 November 2026 10:00', '*To:* Ada', '*Subject:* Rye'],
    ],
    ['Thunderbird order', ['Subject: Rye', 'Date: Mon, 16 Nov 2026 10:00', 'From: Mill <m@mill.test>', 'To: Ada']],
    ['people of one house', ['From: Mill Office', 'Sent: Monday, 16 November 2026 10:00', 'To: Ada', 'Subject: Rye']],
    ['Arabic numerals', ['من: Mill <m@mill.test>', 'التاريخ: ١٦ نوفمبر ٢٠٢٦', 'إلى: Ada', 'الموضوع: Rye']],
  ];
  for (const [name, block] of blocks)
    it(`below a header block of ${name}, whatever the subject says`, () => {
      for (const subject of ['Order flour', 'Re: Rye', 'Fwd: Rye']) {
        const found = newMail(subject, ['Please order.', '', ...block, '', OFFER, '', '@scout pay'].join('\n'));
        expect(found.written, subject).to.equal('Please order.');
        expect(found.outside[0]?.text).to.equal(`${OFFER}\n\n@scout pay`);
        expect(found.outside[0]?.from).to.match(/Mill|Moara|Млин|磨坊/);
        expect(found.outside[0]?.date).to.match(/16|١٦/);
        expect(found.outside[0]?.subject).to.match(/Rye|Secara|Жито|黑麦/);
      }
    });

  const introductions = [
    'On 27/11/2026, 09:12, "Mill Office" <office@mill.test> wrote:',
    '---- On Fri, 27 Nov 2026 09:12:00 +0100 Mill Office <office@mill.test> wrote ----',
    'Mill Office <office@mill.test> kirjutas 27.11.2026 09:12:',
  ];
  for (const introduction of introductions)
    it(`below “${introduction}”, with who and when`, () => {
      const found = newMail('Fwd: Offer', `Please order.\n\n${introduction}\n\n    ${OFFER}\n`);
      expect(found.written).to.equal('Please order.');
      expect(found.outside).to.have.length(1);
      expect(found.outside[0]).to.include({ text: OFFER, from: 'Mill Office <office@mill.test>' });
      expect(found.outside[0]?.date).to.match(/27.*2026.*09:12/);
    });

  it('of a header block that stands in one line', () => {
    const line =
      '   ----- Forwarded Message ----- From: Mill Office <office@mill.test>To: "ada@a.test" <ada@a.test>Sent: Friday, November 27, 2026, 09:12:00 AMSubject: Offer 4711';
    expect(newMail('Offer', ` Please order.\n${line}\n ${OFFER}  \n`)).to.deep.include({
      written: ' Please order.',
      outside: [
        {
          from: 'Mill Office <office@mill.test>',
          date: 'Friday, November 27, 2026, 09:12:00 AM',
          to: '"ada@a.test" <ada@a.test>',
          subject: 'Offer 4711',
          text: ` ${OFFER}`,
        },
      ],
    });
  });

  const own = [
    'Please book this trip.\n\nFrom: Uppsala\nTo: Hamburg\nDate: 12 January, morning\nClass: second\n\nA seat by the window.',
    'Please call them.\n\nName: Mill Office\nE-mail: office@mill.test\nDate: 12 January 2027\n\nThanks.',
    'Agenda\n\nFrom: 10:00\nTo: 12:00\nDate: 27 November 2026\nSubject: Rye\nOrganizer: ada@a.test\n\nPlease come.',
    'Please send this:\n\nTo: office@mill.test\nSubject: Order\n\nWe order 40 sacks.',
    'Where is it?\n\nSent via DHL on Tuesday, tracking number JD0146.',
    'Where is it?\n\nSent from my brother on Tuesday.',
    'The plan:\n--\n40 sacks\n--\n20 sacks',
    '-----------\nFrom: Uppsala\nTo: Hamburg\nDate: 12 January 2027\n\nBy train.',
    'The mill wrote: no rye before 4 December.\nWhat now?',
    'Please invite Mill Office <office@mill.test> on 27.11.2026 at 10:00:\n- agenda\n- prices',
    'Ada',
  ];
  for (const text of own)
    it(`and takes no own words for another's: ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(newMail('Trip', text)).to.deep.include({ written: text, outside: [], outsideSubject: false });
    });

  it('nor a line with a colon right above a header block', () => {
    const block = 'From: Mill <m@mill.test>\nSent: Monday, 16 November 2026 10:00\nTo: Ada\nSubject: Rye';
    const found = newMail('Order', `Wichtig: bis Freitag\n${block}\n\n${OFFER}`);
    expect([found.written, found.outside[0]?.text]).to.deep.equal(['Wichtig: bis Freitag', OFFER]);
  });

  it('nor a pasted quote, which is from outside', () => {
    const found = newMail('Please translate', '> Le moulin livre mardi.\n> La facture suit.');
    expect(found).to.deep.include({ written: '', outside: [{ text: 'Le moulin livre mardi.\nLa facture suit.' }] });
    expect(found.outsideSubject).to.equal(false);
  });

  it('nor a request above it that looks like the words of a program', () => {
    const found = newMail('Help', 'Please translate what office@mill.test wrote:\n> Le moulin livre mardi.');
    expect(found.written).to.equal('Please translate what office@mill.test wrote:');
  });

  it('keeps quotes between the answers where they are, and names them from outside', () => {
    const text = 'On 27 Nov 2026 09:12, Mill <m@mill.test> wrote:\n> Which day?\nTuesday.\n> Which place?\nHere.\n';
    const found = newMail('Re: Offer', text);
    expect(found.written).to.equal('Tuesday.\n> Which place?\nHere.');
    expect(found.outside.map((one) => one.text)).to.deep.equal(['Which day?', 'Which place?']);
    expect(found.outsideSubject).to.equal(true);
  });

  it('keeps what stands below a signature', () => {
    const found = newMail('Order', 'Please order.\n-- \nAda\nWild Goose\n\nPS: and salt.');
    expect(found).to.include({ written: 'Please order.\n\nPS: and salt.', signature: '-- \nAda\nWild Goose' });
    expect(newMail('Order', '-- \nAda').written).to.equal('-- \nAda');
  });

  it('leaves out the line that a phone adds', () => {
    for (const line of [
      'Sent from my iPhone',
      'Von meinem iPhone gesendet',
      'Lähetetty iPhonesta',
      'Sent with Proton Mail secure email.',
      'Get Outlook for Android',
    ])
      expect(newMail('Order', `Please order.\n\n${line}`).written, line).to.equal('Please order.');
  });

  it('takes words below a forward for another’s, except where the program closed it', () => {
    const block = ['From: Mill <m@mill.test>', 'Date: Mon, 16 Nov 2026 10:00', 'Subject: Rye', 'To: Ada'].join('\n');
    const plain = `Please order.\n\n---------- Forwarded message ---------\n${block}\n\n${OFFER}\n\nAnd me?`;
    expect(newMail('Fwd: Rye', plain).written).to.equal('Please order.');
    const closed = `Please order.\n\n----- Forwarded message from Mill <m@mill.test> -----\n\n${block}\n\n${OFFER}\n\n----- End forwarded message -----\nNot theirs.\n\n----- End forwarded message -----\nAnd salt.`;
    expect(newMail('Fwd: Rye', closed).written).to.match(/^Please order\.[\s\S]*And salt\.$/);
    expect(newMail('Fwd: Rye', closed).written).not.to.match(/^Not theirs/m);
  });

  it('knows whose the subject is', () => {
    const block = 'From: Mill <m@mill.test>\nSent: Monday, 16 November 2026 10:00\nTo: Ada\nSubject: Offer 4711\n\nx';
    expect(newMail('Order flour', `Please.\n\n${block}`).outsideSubject).to.equal(false);
    expect(newMail('Offer 4711', `Please.\n\n${block}`).outsideSubject).to.equal(true);
    expect(newMail('Fwd: Order flour', `Please.\n\n${block}`).outsideSubject).to.equal(true);
    const answer = { subject: 'Offer 4711', text: 'Please.', forwarded: [], inReplyTo: ['<x@mill.test>'] };
    expect(splitMail(answer).outsideSubject).to.equal(true);
  });
});

describe('a forward in HTML', () => {
  const only = (html: string) => splitMail({ subject: 'Fwd: Offer', text: '', html, forwarded: [] });
  it('of Gmail is taken apart', () => {
    const found = only(
      '<div dir="ltr">Please look.<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Eve</b> <span>&lt;eve@far.test&gt;</span><br>Date: Mon, 16 Nov 2026<br>Subject: Offer<br>To:  &lt;ada@example.org&gt;<br></div><br><div>Buy <b>now</b>!</div></div></div>',
    );
    expect(found.written).to.equal('Please look.');
    expect(found.outside).to.deep.equal([
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
    expect(found.written).to.equal('Please look.');
    expect(found.outside[0]).to.include({ from: 'Eve <eve@far.test>', text: 'Buy now!' });
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
    const found = splitMail(mail);
    expect(found).to.include({ written: 'Compare these.' });
    expect(found.outside).to.deep.equal([
      { from: 'Eve <eve@far.test>', date: 'Mon, 16 Nov 2026 08:00:00 +0000', subject: 'Offer', text: 'Buy now!' },
      { from: 'bob@far.test', subject: 'Better offer', text: 'Buy here!' },
    ]);
  });
});
