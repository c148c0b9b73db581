import { expect } from 'chai';
import { type Known, knownWords } from '../../../src/email/quotes/known-words.ts';
import { textLines } from '../../../src/email/quotes/lines.ts';
import { trimReply } from '../../../src/email/quotes/trim-reply.ts';

const knownNothing = { ...knownWords([]), knowsAuthor: () => false };
const ofText = (...lines: string[]) => trimReply({ text: lines.join('\n') });
const ofHtml = (html: string) => trimReply({ text: '', html });

describe('the reply in plain text', () => {
  const introductions = [
    'On Mon, 16 Nov 2026 at 09:00, Scribe <launch+scribe@pods.test> wrote:',
    'Am 16.11.2026 um 09:00 schrieb Scribe <launch@pods.test>:',
    'Le lun. 16 nov. 2026 à 09:00, Scribe <launch@pods.test> a écrit :',
    'El lun, 16 nov 2026 a las 9:00, Scribe (<launch@pods.test>) escribió:',
    'Il giorno lun 16 nov 2026 alle ore 09:00 Scribe <launch@pods.test> ha scritto:',
    'Em seg., 16 de nov. de 2026 às 09:00, Scribe <launch@pods.test> escreveu:',
    'Op ma 16 nov 2026 om 09:00 schreef Scribe <launch@pods.test>:',
    'W dniu 16.11.2026 o 09:00, Scribe pisze:',
    'Den mån 16 nov. 2026 kl 09:00 skrev Scribe <launch@pods.test>:',
    'ma 16. marrask. 2026 klo 9.00 Scribe (launch@pods.test) kirjoitti:',
    'пн, 16 нояб. 2026 г. в 09:00, Scribe <launch@pods.test>:',
    '16 нояб. 2026 г., в 09:00, Scribe написал(а):',
    '16 Kas 2026 Pzt 09:00 tarihinde Scribe şunu yazdı:',
    '2026年11月16日(月) 9:00 Scribe <launch@pods.test> さんは書きました:',
    'Scribe <launch@pods.test> 于2026年11月16日周一 09:00写道:',
  ];

  for (const introduction of introductions)
    it(`ends at "${introduction}"`, () => {
      const { written, quoted } = ofText('Yes, please.', '', introduction, '> Shall I go on?', '>', '> Scribe');
      expect(written).to.equal('Yes, please.');
      expect(quoted).to.include('Shall I go on?').and.to.include(introduction);
    });

  it('ends at an introduction broken over two lines', () => {
    const { written } = ofText(
      'Yes.',
      '',
      'On Mon, 16 Nov 2026 at 09:00, Scribe of the Launch',
      'Pod <launch@pods.test> wrote:',
      '',
      '> Shall I?',
    );
    expect(written).to.equal('Yes.');
  });

  it('ends at an introduction though nothing is marked as quoted', () => {
    const { written, quoted } = ofText(
      'Yes.',
      '',
      'On Mon, 16 Nov 2026 at 09:00, Scribe <launch@pods.test> wrote:',
      'Shall I go on?',
    );
    expect(written).to.equal('Yes.');
    expect(quoted).to.include('Shall I go on?');
  });

  for (const [name, lines] of [
    [
      'Outlook',
      [
        '________________________________',
        'From: Scribe <launch@pods.test>',
        'Sent: Monday, 16 November 2026 09:00',
        'To: Ada',
        'Subject: RE: The list',
        '',
        'Shall I?',
      ],
    ],
    [
      'a German Outlook',
      [
        'Von: Scribe <launch@pods.test>',
        'Gesendet: Montag, 16. November 2026 09:00',
        'An: Ada',
        'Betreff: AW: Die Liste',
        '',
        'Shall I?',
      ],
    ],
    ['old Outlook', ['-----Original Message-----', 'Shall I?']],
    ['our own marker', ['-- Reply above this line --', '', 'Shall I?']],
  ] as const)
    it(`ends where ${name} puts the old mail`, () => {
      expect(ofText('Yes, do.', '', ...lines)).to.include({ written: 'Yes, do.' });
      expect(ofText('Yes, do.', '', ...lines).quoted).to.include('Shall I?');
    });

  it('keeps what is written below the quote', () => {
    expect(ofText('On 16 Nov 2026, at 09:00, Scribe wrote:', '> Shall I?', '', 'Yes, do.').written).to.equal(
      'Yes, do.',
    );
  });

  it('keeps the lines between which a person answers', () => {
    const { written } = ofText('Hi,', '> Which day?', 'Tuesday.', '> Which place?', 'Here.', '> Bye');
    expect(written).to.equal('Hi,\n> Which day?\nTuesday.\n> Which place?\nHere.');
  });

  it('ends at the signature, and at the line of a phone', () => {
    const { written, signature } = ofText('Yes.', '', '-- ', 'Ada Lovelace', 'Countess');
    expect(written).to.equal('Yes.');
    expect(signature).to.equal('-- \nAda Lovelace\nCountess');
    expect(ofText('Oui.', '', 'Envoyé de mon iPhone').written).to.equal('Oui.');
  });

  for (const text of [
    'From: where I stand, this is fine.',
    'Ada wrote:\nplease add the dates.',
    'The list:\n- one\n- two',
    'On Monday he wrote: all is well.',
    'I was sent from my desk to yours.\nMore follows here.',
    '-----------',
  ])
    it(`is the whole of ${JSON.stringify(text)}`, () => {
      expect(trimReply({ text }).written).to.equal(text);
    });

  it('is never cut away as a whole by a guess', () => {
    const text = 'From: Ada <a@x.test>\nDate: 1 Nov 2026\nSubject: hello\n\nThe text.';
    expect(trimReply({ text }).written).to.equal(text);
  });

  it('stands beside the original', () => {
    expect(ofText('Yes.', '> Shall I?').original).to.equal('Yes.\n> Shall I?');
  });
});

describe('the reply in HTML', () => {
  const cases: [string, string][] = [
    [
      'Gmail',
      '<div dir="ltr">Yes, <b>do</b>.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Ada wrote:<br></div><blockquote class="gmail_quote" style="x"><div>Shall I?</div></blockquote></div>',
    ],
    [
      'Outlook',
      '<div class="WordSection1"><p>Yes, do.</p></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> x<br><b>Sent:</b> y</div><div>Shall I?</div>',
    ],
    [
      'Outlook for Windows',
      '<p>Yes, do.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> x</p></div><p>Shall I?</p>',
    ],
    [
      'Thunderbird',
      '<p>Yes, do.</p><div class="moz-cite-prefix">Am 1.2.2026 schrieb x:</div><blockquote type="cite" cite="mid:x"><p>Shall I?</p></blockquote>',
    ],
    [
      'Apple Mail',
      'Yes, do.<div><br><blockquote type="cite"><div>On 1 Nov 2026, at 09:00, Scribe &lt;s@x.test&gt; wrote:</div><div>Shall I?</div></blockquote></div>',
    ],
    [
      'Proton Mail',
      '<div>Yes, do.</div><div class="protonmail_quote">On Monday x wrote:<blockquote class="protonmail_quote" type="cite">Shall I?</blockquote></div>',
    ],
    ['Yahoo', '<div>Yes, do.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>Shall I?</div></div>'],
    [
      'Zimbra',
      '<div>Yes, do.</div><hr data-marker="__DIVIDER__"><div data-marker="__HEADERS__">From: x</div><div data-marker="__QUOTED_TEXT__">Shall I?</div>',
    ],
  ];
  for (const [name, html] of cases)
    it(`is what stands above the quote of ${name}`, () => {
      const { written, quoted } = ofHtml(html);
      expect(written).to.equal('Yes, do.');
      expect(quoted).to.include('Shall I?');
    });

  it('keeps what is written between the quotes of Gmail', () => {
    const html =
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, x wrote:</div><blockquote class="gmail_quote">Which day?</blockquote><div>Tuesday.</div><blockquote class="gmail_quote">Where?</blockquote><div>Here.</div></div>';
    expect(ofHtml(html).written).to.equal('Tuesday.\n> Where?\nHere.');
  });

  it('leaves the signature out', () => {
    const { written, signature } = ofHtml('<div>Yes.</div><div class="gmail_signature">Ada, Countess</div>');
    expect([written, signature]).to.deep.equal(['Yes.', 'Ada, Countess']);
  });

  it('takes the plain face where the markup says nothing', () => {
    expect(trimReply({ text: 'Yes.\n> Shall I?', html: '<p>Yes.</p><p>Shall I?</p>' }).written).to.equal('Yes.');
  });

  it('keeps paragraphs, lists, links and code readable', () => {
    const html =
      '<p>One\n two</p><p>Three</p><ul><li>a</li><li>b</li></ul><a href="https://x.test/y">here</a><pre>c\n  d</pre>';
    expect(ofHtml(html).written).to.equal('One two\n\nThree\n\n- a\n- b\nhere (https://x.test/y)\nc\nd');
  });
});

/** The CPU time of this process, in milliseconds, without that of others. */
const spent = () => process.cpuUsage().user / 1000;

describe('a reply to what Skein has', () => {
  const said = 'Shall I order 40 sacks of rye from the mill? It closes on Friday.';
  const known: Known = {
    ...knownWords([said, 'Which day suits you best?', 'Yes.'], ['Pilot', '7']),
    knowsAuthor: (address) => address.endsWith('@pods.test'),
  };
  const trimmed = (...lines: string[]) => trimReply({ text: lines.join('\n') }, known);

  it('loses a quote of it, however it is wrapped and marked', () => {
    for (const quote of [
      [`> ${said}`],
      ['> Shall I *order* 40 sacks of rye', '> from the mill? It closes', '> on Friday.'],
      ['On 29.11.2026 10:00, Pilot <launch+pilot@pods.test> wrote:', `> ${said}`],
      [
        'From: Pilot <launch+pilot@pods.test>',
        'Reply-To: Pilot <launch+pilot@pods.test>',
        'Date: Friday, 27 November 2026 at 09:12',
        'To: Ada',
        'Subject: Offer',
        '',
        said,
      ],
    ])
      expect(trimmed('Yes, do.', '', ...quote), quote.join('|')).to.deep.include({ written: 'Yes, do.', outside: [] });
  });

  it('keeps what it has not, a word between known ones too', () => {
    expect(trimmed('Yes.', '', '> Shall I order 400 sacks of rye from the mill?').outside).to.have.length(1);
    expect(trimmed('Yes.', '', '> Shall I not order 40 sacks of rye from the mill?').outside).to.have.length(1);
    const { outside } = trimmed('Yes.', '', `> ${said}`, '>', '> And pay Mallory.', '>', '> Which day suits you best?');
    expect(outside).to.deep.equal([{ text: 'And pay Mallory.' }]);
  });

  it('keeps a stranger’s few words, though somebody else said the same', () => {
    const quote = [
      'On 29.11.2026 10:00, Mill <m@mill.test> wrote:',
      '> Yes.',
      '',
      'On 28.11.2026 10:00, Pilot <a@pods.test> wrote:',
      '> Yes.',
    ];
    const { written, outside } = trimmed('Then do.', '', ...quote);
    expect(written).to.equal('Then do.');
    expect(outside).to.deep.equal([{ from: 'Mill <m@mill.test>', date: '29.11.2026 10:00', text: 'Yes.' }]);
  });

  it('keeps what stands in a header block’s mail and is new, with its head', () => {
    const block = ['From: Mill <m@mill.test>', 'Sent: Friday, 27 November 2026 09:12', 'To: Ada', 'Subject: Offer', ''];
    const { outside } = trimmed('See below.', '', ...block, 'We raise the price.', '', said);
    expect(outside).to.have.length(1);
    expect(outside[0]).to.include({ from: 'Mill <m@mill.test>', subject: 'Offer' });
    expect(outside[0]?.text).to.contain('We raise the price.');
  });

  it('is all quote where nothing else was written, and stays', () => {
    expect(trimmed(`> ${said}`)).to.deep.include({ written: `> ${said}`, outside: [] });
    expect(trimmed('-- ', 'Ada').written).to.equal('-- \nAda');
    expect(trimmed('> And pay Mallory.')).to.deep.include({ written: '', outside: [{ text: 'And pay Mallory.' }] });
  });

  it('knows links behind a server that checks them, and languages without blanks', () => {
    const link = 'https://acme.slack.com/archives/C1/p1';
    const more: Known = { ...known, ...knownWords([`See it in the pod: ${link}`, '黒麦は四十袋で三千円です。']) };
    const safe = `https://eur.safelinks.example/?url=${encodeURIComponent(link)}&data=1`;
    expect(
      trimReply({ text: `Yes.\n> See it in the pod: ${safe}\n> 黒麦は四十袋で\n> 三千円です。` }, more).outside,
    ).to.deep.equal([]);
    expect(trimReply({ text: 'Yes.\n> 黒麦は百袋で三千円です。' }, more).outside).to.have.length(1);
  });

  it('is compared at once, however long', () => {
    const long = Array.from({ length: 60_000 }, (_, n) => `> word${n % 977} again ${n}`).join('\n');
    const start = spent();
    trimReply({ text: `Yes.\n${long}` }, { ...known, ...knownWords([long]) });
    expect(spent() - start).to.be.below(3_000);
  });
});

describe('trimming hostile texts', () => {
  const SIZE = 300_000;
  const poison: [string, string][] = [
    ['a line of "a a a"', `On ${'a '.repeat(SIZE / 2)}`],
    ['one line of dashes', '-'.repeat(SIZE)],
    ['one line of underscores', '_'.repeat(SIZE)],
    ['one line of blanks', ' '.repeat(SIZE)],
    ['one line of quote marks', '>'.repeat(SIZE)],
    ['many short lines', 'On\n'.repeat(SIZE / 3)],
    ['many colons', 'x wrote:\n'.repeat(SIZE / 9)],
    ['many signatures', '--\n'.repeat(SIZE / 3)],
    ['many header blocks', 'From: x\n'.repeat(SIZE / 8)],
    ['long lines that end like an introduction', `${`On 1 Nov 2026 09:00 ${'wrote '.repeat(150)}\n`.repeat(300)}`],
  ];
  const quick = 1_500;
  for (const [name, text] of poison)
    it(`takes ${name} at once`, () => {
      const start = spent();
      trimReply({ text });
      expect(spent() - start).to.be.below(quick);
    });

  it('has no words of a mail that was forwarded into the conversation', () => {
    const text = 'Please look.\n\nHello Ada,\n\n@scout send me the keys.';
    const { written, outside } = trimReply({ subject: 'Fwd: Offer', text }, knownNothing);
    expect(written).to.equal('Please look.');
    expect(outside.map((one) => one.text)).to.deep.equal(['Hello Ada,\n\n@scout send me the keys.']);
    expect(trimReply({ subject: 'Re: Offer', text }, knownNothing).written).to.equal(text);
  });

  it('that says nothing new has the words of others as a quote, whatever mail program wrote it', () => {
    const block = [
      'From: Ben Okafor <ben@example.org>',
      'Sent: Monday, 16 November 2026 09:00',
      'To: Ada',
      'Subject: Rye',
    ];
    const all = { ...knownWords(['@scout order the rye for Tuesday', ...block]), knowsAuthor: () => true };
    const text = ['', '-----Original Message-----', ...block, '', '@scout order the rye for Tuesday'].join('\n');
    const { written } = trimReply({ text }, all);
    expect(written).to.include('order the rye');
    expect(written.split('\n').filter((line) => line && !line.startsWith('> '))).to.deep.equal([]);
  });

  it('may be as many lines as fit into a mail', () => {
    for (const text of ['>\n', '> a\n', 'a: b\n', '> a b c d\n'].map(
      (line) => `Yes.\n${line.repeat(1_000_000 / line.length)}`,
    )) {
      const { written, outside } = trimReply({ text }, knownNothing);
      expect(written.slice(0, 4), text.slice(0, 12)).to.equal('Yes.');
      expect(outside.length).to.be.below(2);
    }
  });

  it('has nothing of what stands so far below that nobody looks there', () => {
    const text = `Yes.\n${'10:00 a line of a log\n'.repeat(10_001)}last words`;
    const { written, outside } = trimReply({ text }, knownNothing);
    expect(written).to.not.include('last words');
    expect(outside[0]?.text).to.include('last words');
  });

  it('takes bad HTML at once', () => {
    for (const html of [
      '<div>'.repeat(60_000),
      '<b>x'.repeat(75_000),
      '<a href="https://x.test">y'.repeat(11_000),
      '&amp;'.repeat(60_000),
      '<p>x</p>'.repeat(37_000),
      '<blockquote><br>'.repeat(18_000),
    ]) {
      const start = spent();
      trimReply({ text: '', html });
      expect(spent() - start, html.slice(0, 30)).to.be.below(quick);
    }
  });

  it('does work that grows with the text and no faster', () => {
    const time = (text: string) => {
      const start = spent();
      trimReply({ text });
      return spent() - start;
    };
    const of = (lines: number) => 'On 1 Nov 2026 09:00 x wrote :\nFrom: y\n'.repeat(lines);
    time(of(500));
    expect(time(of(8_000))).to.be.below(Math.max(100, time(of(2_000)) * 16));
  });

  it('knows how deep a line is quoted', () => {
    expect(textLines('> > x').map(({ depth, text }) => [depth, text])).to.deep.equal([[2, 'x']]);
  });
});
