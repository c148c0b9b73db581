import { expect } from 'chai';
import fc from 'fast-check';
import { markdownHtml } from '../../../src/email/render/markdown-html.ts';
import { markdownText } from '../../../src/email/render/markdown-text.ts';
import { hostileMarkdown, longMarkdown } from '../markdown.ts';

describe('Markdown as the plain text of a mail', () => {
  const cases: [string, string][] = [
    ['a *b* **c** `d`', 'a b c d'],
    ['~~400~~ 500', '~~400~~ 500'],
    ['one\ntwo\n\n\nthree', 'one\ntwo\n\nthree'],
    ['# Title\ntext', 'Title\n=====\n\ntext'],
    ['## A **b**', 'A b\n---'],
    ['### Small', 'Small'],
    ['[the page](https://x.test/Goose_(bird))', 'the page <https://x.test/Goose_(bird)>'],
    ['https://x.test/a_b_c.', 'https://x.test/a_b_c.'],
    ['[https://x.test/ä](https://x.test/ä)', 'https://x.test/ä'],
    ['[Ben](mailto:ben@x.test), [ben@x.test](mailto:ben@x.test)', 'Ben <ben@x.test>, ben@x.test'],
    ['![a goose](https://x.test/g.png)', 'a goose <https://x.test/g.png>'],
    ['- a\n- b\n  more\n  - c', '- a\n- b\n  more\n  - c'],
    ['* a\n\n* b', '- a\n\n- b'],
    ['9. a\n10. b\n    - c', '9. a\n10. b\n    - c'],
    ['> a\n> > b\n\nc', '> a\n>\n> > b\n\nc'],
    ['- a\n\n  ```sh\n  npm start\n\n  # end\n  ```', '- a\n\n      npm start\n\n      # end'],
    ['a\n\n---\n\nb', 'a\n\n* * *\n\nb'],
    ['\\*not bold\\* &amp; <b>', '*not bold* & <b>'],
    [
      '| Item | Price |\n|---|--:|\n| **Box** | 1.20 |\n| Tape, wide | 13.00 |',
      'Item        Price\n----------  -----\nBox          1.20\nTape, wide  13.00',
    ],
    [
      `| Name | Why |\n|---|---|\n| Box | ${'because '.repeat(12).trim()} |\n| Tape | |`,
      `Name: Box\nWhy: ${'because '.repeat(12).trim()}\n\nName: Tape\nWhy:`,
    ],
    ['', ''],
  ];
  for (const [markdown, expected] of cases)
    it(`${JSON.stringify(markdown.slice(0, 60))} is readable`, () => {
      expect(markdownText(markdown)).to.equal(expected);
    });

  it('keeps every word, and no line ends in spaces', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const around = fc.constantFrom('*', '**', '`', '\n> ', '\n- ', '\n# ', '\n\n', ' ', '\n| a | b |\n|---|---|\n| ');
    fc.assert(
      fc.property(fc.array(fc.tuple(around, word), { maxLength: 20 }), (parts) => {
        const text = markdownText(parts.flat().join(''));
        for (const [, one] of parts) expect(text).to.include(one);
        expect(text).not.to.match(/[ \t]$/m);
      }),
    );
  });

  it('reads what nobody writes, and shows every address that HTML would link', () => {
    fc.assert(
      fc.property(hostileMarkdown, (markdown) => {
        const text = markdownText(markdown);
        for (const [, href = ''] of markdownHtml(markdown).matchAll(/<a href="([^"]*)">/g)) {
          const url = href.replaceAll('&amp;', '&');
          expect(
            [url, decodeURI(url)].some((one) => text.includes(one)),
            url,
          ).to.equal(true);
        }
      }),
    );
  });

  it('is made in a time that grows with its length', () => {
    for (const text of longMarkdown) {
      const start = process.cpuUsage().user;
      markdownText(text);
      expect((process.cpuUsage().user - start) / 1000, text.slice(0, 4)).to.be.below(2_000);
    }
  });
});
