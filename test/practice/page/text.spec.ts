import { expect } from 'chai';
import fc from 'fast-check';
import { processorMs } from '../../processor-time.ts';
import { elements, info, load, type Node, short, textIn } from './load.ts';

describe('the texts of the practice page', () => {
  let markdown: (text: string) => Node[];
  let mrkdwn: (text: string) => Node[];

  before(async () => {
    const names = (await load('nodes/people.js')).namesIn(info, 'U0ADA');
    const [md, mk] = [await load('text/markdown.js'), await load('text/mrkdwn.js')];
    markdown = (text) => md.markdown(text, names);
    mrkdwn = (text) => mk.mrkdwn(text, names);
  });

  const table = (render: (text: string) => Node[], cases: [string, string][]) => {
    for (const [text, tree] of cases) expect(short(render(text)), text).to.equal(tree);
  };

  it('reads Markdown in a line', () => {
    table(markdown, [
      ['**bold** and __bold__', 'p(strong(bold) and strong(bold))'],
      ['*it* and _it_, not snake_case_name', 'p(em(it) and em(it), not snake_case_name)'],
      ['~~gone~~ **a _b_ c**', 'p(del(gone) strong(a em(b) c))'],
      ['`**code**` and ``a`b``', 'p(code(**code**) and code(a`b))'],
      ['[the *brief*](https://a.example/b "t")', 'p(a:https://a.example/b(the em(brief)))'],
      ['see https://a.example/x_y_z.', 'p(see a:https://a.example/x_y_z(https://a.example/x_y_z).)'],
      ['\\*plain\\* 2 * 3 * 4', 'p(*plain* 2 * 3 * 4)'],
      ['one\ntwo', 'p(onebr()two)'],
      [
        '<@U0ADA> <@U0BEN> <#C0LAUNCH> @scribe @nobody',
        'p(chip(@Ada Lindqvist) chip(@Ben Okafor) chip(#launch) chip(@scribe) @nobody)',
      ],
      [':rocket: :no_such:', 'p(🚀 :no_such:)'],
      ['&lt;b&gt; &amp;lt;', 'p(<b> &lt;)'],
    ]);
  });

  it('reads the blocks of Markdown', () => {
    table(markdown, [
      ['# One\n### Three ##\ntext', 'h4(One)h6(Three)p(text)'],
      ['- a\n- b\n  - c\n\n  more\n1. d', 'ul(li(a)li(bul(li(c))p(more)))ol(li(d))'],
      ['3. c\n4. d', 'ol(li(c)li(d))'],
      ['> a\n> - b\nc', 'blockquote(p(a)ul(li(b)))p(c)'],
      ['```ts\na **b**\n\n<i>\n```\nc', 'pre(code(a **b**\n\n<i>))p(c)'],
      ['~~~\nnever closed', 'pre(code(never closed))'],
      ['a\n\n---\nb', 'p(a)hr()p(b)'],
      [
        '| a | b |\n|---|:-:|\n| 1 | x\\|y |\n| 2 |\nend',
        'div(table(thead(tr(th(a)th(b)))tbody(tr(td(1)td(x|y))tr(td(2)td()))))p(end)',
      ],
    ]);
  });

  it('reads mrkdwn as Slack writes it', () => {
    table(mrkdwn, [
      ['*bold* _it_ ~gone~ `x`', 'p(strong(bold) em(it) del(gone) code(x))'],
      ['a*b*c snake_case_name 2*3*4', 'p(a*b*c snake_case_name 2*3*4)'],
      [
        '<https://a.example|the brief> <https://a.example/x>',
        'p(a:https://a.example/(the brief) a:https://a.example/x(https://a.example/x))',
      ],
      [
        '<!here> <!date^1700000000^{date}|Nov 14> <@U0BEN|ben>',
        'p(chip(@here) time(14 November 2023) chip(@Ben Okafor))',
      ],
      ['&gt; quoted\nnot', 'blockquote(quoted)p(not)'],
      ['see:\n```\na &lt; *b*\n```', 'p(see:)pre(code(a < *b*))'],
    ]);
  });

  it('shows hostile text as text', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '<script>alert(1)</script>',
      '[x](javascript:alert)',
      '[x](JaVaScRiPt:alert)',
      '[x](data:text/html,hi)',
      '![x](javascript:alert)',
      '<javascript:alert|x>',
      '[x](//evil.example)',
      '[x](&#106;avascript:alert)',
      '<a href="https://a.example" onclick="x">x</a>',
    ];
    for (const text of hostile) {
      for (const render of [markdown, mrkdwn]) {
        const tree = render(text);
        const links = elements(tree).filter(({ tag }) => tag === 'a');
        expect(
          links.every(({ attrs }) => /^https:\/\/a\.example/.test(String(attrs.href))),
          text,
        ).to.equal(true);
        expect(
          elements(tree).map(({ tag }) => tag),
          text,
        ).to.not.include.members(['img']);
      }
    }
    expect(textIn(markdown('<img src=x onerror=alert(1)>'))).to.equal('<img src=x onerror=alert(1)>');
    expect(textIn(mrkdwn('&lt;img src=x onerror=alert(1)&gt;'))).to.equal('<img src=x onerror=alert(1)>');
  });

  it('makes only known elements and safe links of any text whatever', () => {
    const tags = new Set(
      'p br strong em del code a span pre blockquote ul ol li h4 h5 h6 hr div table thead tbody tr th td'.split(' '),
    );
    const pieces = fc.array(
      fc.constantFrom(
        '*',
        '**',
        '_',
        '~~',
        '`',
        '```',
        '\n',
        '> ',
        '- ',
        '1. ',
        '| ',
        '|--|',
        '# ',
        '[a](',
        'javascript:',
        'https://a.example',
        ')',
        '<',
        '>',
        '@U0ADA',
        '!',
        '\\',
        ' ',
        'a',
        '&lt;',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          for (const { tag, attrs } of [...elements(markdown(text)), ...elements(mrkdwn(text))]) {
            expect(tags.has(tag), tag).to.equal(true);
            expect(Object.keys(attrs).every((name) => !name.startsWith('on'))).to.equal(true);
            if (attrs.href !== undefined)
              expect([/^https?:\/\//.test(String(attrs.href)), attrs.rel]).to.deep.equal([true, 'noopener noreferrer']);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('loses no word of a plain text', () => {
    const word = fc.stringMatching(/^[a-zäöü]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), (lines) => {
        const text = lines.map((words) => words.join(' ')).join('\n');
        for (const render of [markdown, mrkdwn]) expect(textIn(render(text))).to.equal(text.replaceAll('\n', ''));
      }),
    );
  });

  it('is quick with text made to be slow', () => {
    const slow = [
      '*a '.repeat(4_000),
      '`'.repeat(12_000),
      '['.repeat(12_000),
      '> '.repeat(6_000),
      `a|b\n|${'-'.repeat(6_000)} ${' '.repeat(6_000)}x`,
      '**_'.repeat(4_000),
      '<@'.repeat(6_000),
      `- ${' '.repeat(12_000)}x`,
    ];
    for (const text of slow) {
      const took = processorMs(() => {
        markdown(text);
        mrkdwn(text);
      });
      expect(took, text.slice(0, 10)).to.be.lessThan(2_000);
    }
  });
});
