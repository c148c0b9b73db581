import { expect } from 'chai';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { markdownHtml } from '../../src/email/markdown-html.ts';
import { renderAcknowledgement, renderAnswer, renderDigest } from '../../src/email/render-mail.ts';
import { trimReply } from '../../src/email/trim-reply.ts';

describe('Markdown in a mail', () => {
  const cases: [string, string | RegExp][] = [
    ['a *b* **c** ~~d~~', '<p>a <i>b</i> <b>c</b> <s>d</s></p>'],
    ['one\ntwo\n\nthree', '<p>one<br>two</p>\n<p>three</p>'],
    ['# Title', '<h2>Title</h2>'],
    ['- a\n- b\n  more', '<ul><li>a</li><li>b<br>more</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['[x](https://x.test/?a=1&b=2)', '<p><a href="https://x.test/?a=1&amp;b=2">x</a></p>'],
    ['see https://x.test.', /<a href="https:\/\/x\.test\.?">/],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
    ['![pixel](https://x.test/p.png)', '<p><a href="https://x.test/p.png">pixel</a></p>'],
    ['[x](javascript:alert(1))', /^<p>\[x\]\(javascript:alert\(1\)\)<\/p>$/],
    ['<script>x</script>', '<p>&lt;script&gt;x&lt;/script&gt;</p>'],
    ['```js\nif (a < b) {}\n```', /<pre[^>]*>if \(a &lt; b\) \{\}<\/pre>/],
    ['> quoted\n> **b**', /<blockquote[^>]*><p>quoted<br><b>b<\/b><\/p><\/blockquote>/],
    ['`<b>`', /<code[^>]*>&lt;b&gt;<\/code>/],
    ['---', '<hr>'],
  ];
  for (const [markdown, expected] of cases)
    it(`${JSON.stringify(markdown)} is shown`, () => {
      if (typeof expected === 'string') expect(markdownHtml(markdown)).to.equal(expected);
      else expect(markdownHtml(markdown)).to.match(expected);
    });

  it('never makes an element or an attribute of its text, and loads nothing', () => {
    const allowed = new Set('a b blockquote br code h2 h3 h4 hr i li ol p pre s ul'.split(' '));
    const piece = fc.constantFrom(
      '<img src=x onerror=y>',
      '"',
      '>',
      '<',
      '](',
      '[x](https://a"b)',
      '![a](https://x.test/"onload=)',
      '`',
      '**',
      '_',
      '\n',
      '\n> ',
      '\n- ',
      'https://x.test/"><script>',
      '```\n',
      '&',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const parser = new Parser({
          onopentag(name, attributes) {
            expect(allowed.has(name), name).to.equal(true);
            for (const key of Object.keys(attributes)) expect(['href', 'style']).to.include(key);
            if (attributes.href) expect(attributes.href).to.match(/^(?:https?:|mailto:)/);
          },
        });
        parser.end(markdownHtml(pieces.join('')));
      }),
    );
  });

  it('is rendered in a time that grows with its length', () => {
    for (const text of [
      '*'.repeat(200_000),
      '['.repeat(200_000),
      '`'.repeat(200_000),
      '> '.repeat(100_000),
      '# '.repeat(100_000),
      '- '.repeat(100_000),
      '_a'.repeat(100_000),
    ]) {
      const start = performance.now();
      markdownHtml(text);
      expect(performance.now() - start, text.slice(0, 4)).to.be.below(2_000);
    }
  });
});

describe('our mails', () => {
  const answer = renderAnswer({
    markdown: 'It is **done**.',
    name: 'Scribe',
    pod: 'Launch',
    links: [{ label: 'See the task', url: 'https://skein.test/t/1' }],
    quoted: { introduction: 'Ada wrote:', text: 'Please do it.' },
  });

  it('say who speaks, in text and in HTML', () => {
    for (const face of [answer.text, answer.html]) {
      expect(face)
        .to.include('Scribe · an agent in Launch')
        .and.to.include('https://skein.test/t/1')
        .and.to.include('Please do it.');
    }
    expect(answer.html).to.include('It is <b>done</b>.');
  });

  it('are cut away whole when somebody replies to them', () => {
    const reply = `Thanks.\n\nOn Mon, 16 Nov 2026 at 09:00, Scribe <launch@pods.test> wrote:\n${answer.text.replace(/^/gm, '> ')}`;
    expect(trimReply({ text: reply }).written).to.equal('Thanks.');
    expect(trimReply({ text: `Thanks.\n\n${answer.text}` }).written).to.equal('Thanks.');
  });

  it('load nothing from anywhere', () => {
    const digest = renderDigest({
      greeting: 'Good morning, Ada.',
      sections: [{ title: 'For you', markdown: '- ![x](https://x.test/a.png)\n- <img src="https://x.test/b.png">' }],
      unsubscribeUrl: 'https://skein.test/u?t="1"&x',
    });
    for (const { html } of [answer, digest]) expect(html).to.not.match(/<(?:img|link|script|iframe|style)\b|url\(/i);
    expect(digest.html).to.include('https://skein.test/u?t=&quot;1&quot;&amp;x');
    expect(digest.text).to.include('For you\n=======').and.to.include('No more digests: https://skein.test/u');
  });

  it('acknowledge what was understood, with a link', () => {
    const { text, html } = renderAcknowledgement({
      title: 'The <list>',
      understood: 'You want *dates*.',
      name: 'Scribe',
      pod: 'Launch',
      links: [{ label: 'The task', url: 'https://skein.test/t/1' }],
    });
    expect(text).to.include('I have taken this on: The <list>').and.to.include('The task: https://skein.test/t/1');
    expect(html).to.include('The &lt;list&gt;').and.to.include('<i>dates</i>');
  });
});
