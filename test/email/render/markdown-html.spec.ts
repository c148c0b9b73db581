import { expect } from 'chai';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { markdownHtml } from '../../../src/email/render/markdown-html.ts';
import { hostileMarkdown, longMarkdown } from '../markdown.ts';

describe('Markdown in a mail', () => {
  const cases: [string, string | RegExp][] = [
    ['a *b* **c** ~~d~~', '<p>a <em>b</em> <strong>c</strong> <s>d</s></p>'],
    ['one\ntwo\n\nthree', '<p>one<br>\ntwo</p>\n<p>three</p>'],
    ['# Title', '<h2>Title</h2>'],
    ['###### Title', '<h4>Title</h4>'],
    ['- a\n- b\n  more', '<ul>\n<li>a</li>\n<li>b<br>\nmore</li>\n</ul>'],
    ['3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
    ['[x](https://x.test/?a=1&b=2)', '<p><a href="https://x.test/?a=1&amp;b=2">x</a></p>'],
    ['[x](https://x.test/Goose_(bird))', '<p><a href="https://x.test/Goose_(bird)">x</a></p>'],
    ['[x](https://x.test "Your bank")', '<p><a href="https://x.test">x</a></p>'],
    ['[](https://x.test)', '<p><a href="https://x.test">https://x.test</a></p>'],
    ['see https://x.test.', '<p>see <a href="https://x.test">https://x.test</a>.</p>'],
    ['x.test and www.x.test and a@x.test', '<p>x.test and www.x.test and a@x.test</p>'],
    ['\\*not bold\\*', '<p>*not bold*</p>'],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
    ['![pixel](https://x.test/p.png)', '<p><a href="https://x.test/p.png">pixel</a></p>'],
    ['![](https://x.test/p.png)', '<p><a href="https://x.test/p.png">https://x.test/p.png</a></p>'],
    ['[![badge](https://x.test/b.svg)](https://x.test/ci)', '<p><a href="https://x.test/ci">badge</a></p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['![x](data:image/gif;base64,AA==)', '<p>![x](data:image/gif;base64,AA==)</p>'],
    ['<script>x</script>', '<p>&lt;script&gt;x&lt;/script&gt;</p>'],
    ['```js\nif (a < b) {}\n```', /^<pre style="[^"]*">if \(a &lt; b\) \{\}<\/pre>$/],
    ['- a\n\n  ```\n  x\n  ```\n- b', /<li>\s*<p>a<\/p>\s*<pre[^>]*>x<\/pre>\s*<\/li>\s*<li>\s*<p>b/],
    ['> quoted\n> **b**', /<blockquote[^>]*>\s*<p>quoted<br>\s*<strong>b<\/strong><\/p>\s*<\/blockquote>/],
    ['`<b>`', /<code[^>]*>&lt;b&gt;<\/code>/],
    ['---', '<hr>'],
  ];
  for (const [markdown, expected] of cases)
    it(`${JSON.stringify(markdown)} is shown`, () => {
      if (typeof expected === 'string') expect(markdownHtml(markdown)).to.equal(expected);
      else expect(markdownHtml(markdown)).to.match(expected);
    });

  it('shows a table with lines, and each column on its side', () => {
    const html = markdownHtml('| Item | Price |\n|---|--:|\n| *Box* | 1.20 |');
    expect(html).to.match(/<table style="border-collapse:collapse;[^"]*">/);
    expect(html).to.match(/<th style="border:1px solid[^"]*text-align:left">Item<\/th>/);
    expect(html).to.match(/<td style="border:1px solid[^"]*"><em>Box<\/em><\/td>/);
    expect(html).to.match(/<td style="border:1px solid[^"]*text-align:right">1.20<\/td>/);
  });

  it('never makes an element or an attribute of its text, and loads nothing', () => {
    const allowed = new Set(
      'a blockquote br code em h2 h3 h4 hr li ol p pre s strong table tbody td th thead tr ul'.split(' '),
    );
    fc.assert(
      fc.property(hostileMarkdown, (markdown) => {
        let links = 0;
        const parser = new Parser({
          onopentag(name, attributes) {
            expect(allowed.has(name), name).to.equal(true);
            for (const key of Object.keys(attributes)) expect(['href', 'style', 'start']).to.include(key);
            if (attributes.href) expect(attributes.href).to.match(/^(?:https?:|mailto:)/i);
            if (name === 'a') expect(++links, 'no link in a link').to.equal(1);
          },
          onclosetag(name) {
            if (name === 'a') links -= 1;
          },
        });
        parser.end(markdownHtml(markdown));
      }),
      { numRuns: 500 },
    );
  });

  it('is rendered in a time that grows with its length', () => {
    for (const text of longMarkdown) {
      const start = process.cpuUsage().user;
      markdownHtml(text);
      expect((process.cpuUsage().user - start) / 1000, text.slice(0, 4)).to.be.below(2_000);
    }
  });
});
