import { expect } from 'chai';
import { htmlText } from '../../../src/email/html/html-text.ts';
import { visibleHtml } from '../../../src/email/html/html-visible.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMail, aMultipart } from '../build.ts';

const seen = (html: string) => htmlText(visibleHtml(html).html);

describe('what a person sees of an HTML mail', () => {
  const hidden: [string, string][] = [
    ['display: none', '<div style="display:none">SECRET</div>'],
    [
      'display: none, whatever is inside',
      '<div style="display:none"><p style="display:block;font-size:20px">SECRET</p></div>',
    ],
    ['display: none with !important', '<div style="display:none !important;display:block">SECRET</div>'],
    ['display: none in odd writing', '<div style="DISPLAY : /* x */ None ;">SECRET</div>'],
    ['display: none with escapes', '<div style="d\\69splay:n\\6f ne">SECRET</div>'],
    ['visibility: hidden', '<p style="visibility: hidden">SECRET</p>'],
    ['opacity: 0', '<p style="opacity:0">SECRET</p>'],
    ['opacity: 0.01', '<p style="opacity:.01">SECRET</p>'],
    ['the attribute hidden', '<p hidden>SECRET</p>'],
    ['mso-hide', '<div style="mso-hide:all"><div>SECRET</div></div>'],
    ['font-size: 0', '<span style="font-size:0px">SECRET</span>'],
    ['font-size: 0 in em inside of it', '<div style="font-size:0"><b style="font-size:2em">SECRET</b></div>'],
    ['font: 0', '<span style="font:0/0 a">SECRET</span>'],
    ['letters of one pixel', '<span style="font-size:1px;line-height:1px">SECRET</span>'],
    ['a class', '<style>.x{display:none}</style><p class="a x b">SECRET</p>'],
    ['a class, styled below', '<p class=x>SECRET</p><style>.x{display:none}</style>'],
    ['an id', '<style>#x { visibility:hidden }</style><p id="x">SECRET</p>'],
    ['a tag', '<style>aside{opacity:0}</style><aside>SECRET</aside>'],
    ['a tag with a class', '<style>p.x , i.y{display:none}</style><p class=x>SECRET</p><i class=y>SECRET</i>'],
    ['two classes', '<style>.x.y{font-size:0}</style><p class="y x">SECRET</p>'],
    ['a class inside a class', '<style>.x .y{display:none}</style><div class=x><b><p class=y>SECRET</p></b></div>'],
    ['a child of a class', '<style>.x > p{display:none}</style><div class=x><p>SECRET</p></div>'],
    ['an attribute', '<style>p[data-x="1"]{display:none}</style><p data-x=1>SECRET</p>'],
    ['everything inside', '<style>.x *{display:none}</style><div class=x><p>SECRET</p></div>'],
    ['media of any screen', '<style>@media screen and (min-width:1px){.x{display:none}}</style><p class=x>SECRET</p>'],
    [
      '!important over the element’s own',
      '<style>.x{display:none!important}</style><p class=x style="display:block">SECRET</p>',
    ],
    ['white on white', '<p style="color:#fff">SECRET</p>'],
    ['almost white on white', '<p style="color:rgb(253, 254, 255)">SECRET</p>'],
    ['white by its name', '<font color="white">SECRET</font>'],
    ['the colour of its background', '<div style="background:#102030"><span style="color:#102030">SECRET</span></div>'],
    ['the colour of a cell', '<table bgcolor="#004080"><tr><td><font color="#004080">SECRET</font></td></tr></table>'],
    [
      'a class in the colour of its background',
      '<style>.x{color:#fafafa}</style><div style="background-color:#fff"><p class=x>SECRET</p></div>',
    ],
    ['a transparent colour', '<p style="color:transparent">SECRET</p>'],
    ['a colour of no weight', '<p style="color:rgba(0,0,0,.02)">SECRET</p>'],
    ['white in HSL', '<p style="color:hsl(0, 0%, 100%)">SECRET</p>'],
    ['a fill', '<p style="color:#000;-webkit-text-fill-color:#fff">SECRET</p>'],
    ['no height', '<div style="max-height:0;overflow:hidden">SECRET</div>'],
    ['no width', '<div style="width:0px;overflow:hidden">SECRET</div>'],
    ['a box of one pixel', '<span style="position:absolute;width:1px;height:1px;overflow:hidden">SECRET</span>'],
    ['clip', '<span style="position:absolute;clip:rect(0 0 0 0)">SECRET</span>'],
    ['clip of equal sides', '<span style="position:absolute;clip:rect(1px, 1px, 1px, 1px)">SECRET</span>'],
    ['clip-path', '<p style="clip-path:inset(100%)">SECRET</p>'],
    ['clip-path of a circle', '<p style="clip-path: circle(0)">SECRET</p>'],
    ['text-indent', '<p style="text-indent:-9999px">SECRET</p>'],
    ['a place to the left', '<p style="position:absolute;left:-9999px">SECRET</p>'],
    ['a place above', '<p style="position:absolute;top:-200em">SECRET</p>'],
    ['a margin', '<p style="margin-left:-9999px">SECRET</p>'],
    ['a scale of 0', '<p style="transform:scale(0)">SECRET</p>'],
    ['what is no text', '<!-- SECRET --><script>SECRET</script><style>SECRET</style><title>SECRET</title>'],
    ['the alternative of a pixel', '<img src="https://track.test/SECRET.png" width="1" height="1" alt="SECRET">'],
  ];
  for (const [name, html] of hidden)
    it(`is not what is hidden by ${name}`, () => {
      expect(seen(`<p>Yes.</p>${html}<p>No.</p>`).replace(/\s+/g, ' ')).to.equal('Yes. No.');
    });

  const shown: [string, string][] = [
    [
      'font-size: 0 restored inside',
      '<td style="font-size:0px;padding:10px"><div style="font-size:13px">WORDS</div></td>',
    ],
    ['font-size: 0 restored by an old tag', '<div style="font-size:0"><font size="2">WORDS</font></div>'],
    [
      'font-size: 0 restored by a class',
      '<style>.x{font-size:14px}</style><div style="font-size:0"><p class=x>WORDS</p></div>',
    ],
    [
      'font-size: 0 of a sheet, restored by the element',
      '<style>td{font-size:0}</style><td style="font-size:1em">x</td><td style="font-size:16px">WORDS</td>',
    ],
    ['visibility restored inside', '<div style="visibility:hidden"><p style="visibility:visible">WORDS</p></div>'],
    ['a class that is named by nobody', '<style>.x{display:none}</style><p class="xy">WORDS</p>'],
    ['a child of another', '<style>.x > p{display:none}</style><div class=x><b><p>WORDS</p></b></div>'],
    ['the more certain rule', '<style>p.x{display:block} .x{display:none}</style><p class=x>WORDS</p>'],
    ['the later rule', '<style>.x{display:none} .x{display:block}</style><p class=x>WORDS</p>'],
    [
      'media of small screens',
      '<style>@media (max-width:600px){.x{display:none}} @media print{p{display:none}}</style><p class=x>WORDS</p>',
    ],
    ['styles for one program', '<!--[if mso]><style>.x{display:none}</style><![endif]--><p class=x>WORDS</p>'],
    ['a style that is printed', '<style media="print">.x{display:none}</style><p class=x>WORDS</p>'],
    ['pointing at it', '<style>.x:hover{display:none}</style><p class=x>WORDS</p>'],
    ['white on a dark cell', '<table><tr><td bgcolor="#003366"><font color="#ffffff">WORDS</font></td></tr></table>'],
    [
      'white on a dark class',
      '<style>.b{background:#c00;color:#fff}</style><a class=b href="https://x.test/WORDS">WORDS</a>',
    ],
    ['white on a picture', '<div style="background:url(x.png)"><p style="color:#fff">WORDS</p></div>'],
    [
      'white on a gradient',
      '<div style="background-image:linear-gradient(#000,#333)"><p style="color:#fff">WORDS</p></div>',
    ],
    ['grey on white', '<p style="color:#999">WORDS</p>'],
    ['a link in white text', '<p style="color:#fff"><a href="https://x.test/WORDS">WORDS</a></p>'],
    ['height: 0 of a cell', '<table><tr><td style="height:0;overflow:hidden">WORDS</td></tr></table>'],
    ['max-height: 0 that lets it hang out', '<div style="max-height:0">WORDS</div>'],
    ['a little indent', '<p style="text-indent:-20px;margin-left:-10px">WORDS</p>'],
    ['left of nothing', '<p style="left:-9999px">WORDS</p>'],
    ['half a shade', '<p style="font-size:10px;opacity:0.9">WORDS</p>'],
    ['a button', '<button>WORDS</button>'],
    ['scripts that do not run', '<noscript>WORDS</noscript>'],
    ['unclosed tags', '<style>.x{display:none}</style><p class=x>y<p>WORDS'],
  ];
  for (const [name, html] of shown)
    it(`is what is seen in spite of ${name}`, () => {
      expect(seen(html)).to.contain('WORDS');
    });

  it('keeps the markup around it, by which mail programs mark quotes', () => {
    const html =
      '<div class="gmail_quote" data-x="1 &amp; 2"><blockquote type="cite"><b>Old</b> &lt;text&gt;<br></blockquote></div><p>a<p>b</p>';
    expect(visibleHtml(html).html).to.equal(html);
  });

  it('counts what it leaves out, by what hid it', () => {
    const html =
      '<p style="display:none">one two</p><p style="color:#fff">three</p><p>fo\u200bur</p><p hidden>&nbsp;&zwnj; </p>';
    expect(visibleHtml(html).counts).to.deep.equal({ style: 6, colour: 5, signs: 1 });
  });

  for (const [name, html] of [
    [
      'many rules',
      `<style>${Array.from({ length: 20_000 }, (_, n) => `.a${n % 3} .b .c p{color:#fff}`).join('')}</style>${'<p class="a1 b c">x</p>'.repeat(20_000)}`,
    ],
    [
      'deep selectors',
      `<style>${'.a .a .a .a .a .a .a b{display:none}'.repeat(3_000)}</style>${'<div class=a>'.repeat(400)}${'<b>x</b>'.repeat(50_000)}`,
    ],
    ['open comments', `<style>${'/* '.repeat(100_000)}</style>${'<!-- '.repeat(100_000)}`],
    ['open styles', '<style>'.repeat(100_000)],
    ['long styles', `<p style="${'a:b;'.repeat(100_000)}">x</p>`.repeat(3)],
    ['open brackets', `<style>${'a{'.repeat(100_000)}</style>`],
    ['many small sheets', '<style>a{}</style>'.repeat(55_000)],
    ['entities', '&amp;&zwnj;'.repeat(100_000)],
  ] as const)
    it(`is found in a bounded time: ${name}`, () => {
      const before = process.cpuUsage();
      visibleHtml(html);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).to.be.below(4_000);
    });
});

describe('a mail with text that nobody sees', () => {
  const html = (body: string) => `Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;
  const plain = (body: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`;

  it('says how much was left out and why', async () => {
    const body = '<div style="display:none">Preview of the news</div><p>Hello</p><p style="color:white">pay now</p>';
    const mail = await parseMail(aMail({ headers: { 'Content-Type': 'text/html' }, body }));
    expect(mail.html).not.to.match(/Preview|pay now/);
    expect(mail.notes).to.deep.equal([
      'It has text that no mail program shows (22 characters, hidden by its style and in the colour of its background), as many newsletters do; it was left out.',
    ]);
  });

  it('says nothing where nothing was hidden', async () => {
    const mail = await parseMail(aMultipart({ parts: [plain('Hello'), html('<p>Hello</p>')], type: 'alternative' }));
    expect(mail.notes).to.deep.equal([]);
  });

  it('whose HTML shows nothing is shown from its plain text, and says so', async () => {
    const parts = [plain('Order 40 sacks.'), html('<div style="display:none">Order 90 sacks.</div>')];
    const mail = await parseMail(aMultipart({ parts, type: 'alternative' }));
    expect(mail).to.include({ text: 'Order 40 sacks.' });
    expect(mail.html).to.equal(undefined);
    expect(mail.notes?.[0]).to.equal('Its HTML shows nothing, so its plain text was taken.');
  });

  it('and nothing else is kept as it is, and says so', async () => {
    const body = '<html><body style="color:#fff"><p>Order <b>40</b> sacks.</p><script>no</script></body></html>';
    const mail = await parseMail(aMail({ headers: { 'Content-Type': 'text/html' }, body }));
    expect(htmlText(mail.html ?? '')).to.equal('Order 40 sacks.');
    expect(mail.notes).to.deep.equal([
      'It has text that no mail program shows (13 characters, hidden in the colour of its background), and no other: it was kept all the same.',
    ]);
  });

  it('may have it in plain text and in its subject: tags, split words, overrides', async () => {
    const tags = [...'obey'].map((sign) => String.fromCodePoint(0xe0000 + sign.charCodeAt(0))).join('');
    const mail = await parseMail(
      aMail({
        headers: { Subject: `Or\u200bder${tags}`, From: 'A\u200bda <ada@example.org>' },
        body: `Pay\u202e now\u202c ${tags}\u2060`,
      }),
    );
    expect(mail).to.include({ subject: 'Order' });
    expect(mail.from).to.include({ name: 'Ada' });
    expect(mail.text.trim()).to.match(/^Pay now/);
    expect(mail.text).not.to.match(/[\u202e\u{e0000}-\u{e007f}]/u);
    expect(mail.notes?.[0]).to.contain('11 characters, hidden as signs without a width');
  });

  it('keeps the joiners that scripts and emoji need', async () => {
    const body =
      'می‌خواهم क्‍ष 👨‍👩‍👧 ❤️ 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} ไทย\u200bไทย \u2068Ada\u2069 葛\u{e0100}';
    const mail = await parseMail(aMail({ headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body }));
    expect(mail.text).to.equal(body);
    expect(mail.notes).to.deep.equal([]);
  });
});
