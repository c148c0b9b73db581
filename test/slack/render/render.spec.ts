// A model's text becomes posts that Slack accepts, without loss and without unintended mentions.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  BLOCKS_JSON_CHARS,
  MARKDOWN_CHARS,
  MESSAGE_BLOCKS,
  POSTS_PER_ANSWER,
  TEXT_CHARS,
} from '../../../src/slack/limits.ts';
import { closes, opens } from '../../../src/slack/render/markdown.ts';
import { type Post, render, safeMarkdown } from '../../../src/slack/render/render.ts';
import { costOf, split } from '../../../src/slack/render/split.ts';

const people = (name: string) => ({ Ann: 'U0ANN', scribe: 'U0SCRIBE' })[name];
const posts = (markdown: string) => render({ markdown, people }).posts;
const textOf = (post: Post | undefined) => String(post?.blocks[0]?.text);

const word = fc.constantFrom(
  'word',
  '@Ann',
  '@channel',
  '@HERE',
  '@everyone',
  '<!here>',
  '<!channel|x>',
  '<\\!everyone>',
  '&lt;!here>',
  '<@U999>',
  '`code @here`',
  '`<!here>`',
  '![pic](https://x.y/z.png)',
  '!',
  '[a](https://b.c)',
  '![',
  '](',
  '<',
  '&',
  '"',
  '😀',
  '\u0000',
  '|',
  '\\',
);
const line = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.constantFrom('', '', '```', '```js', '~~~', '   ```', '````', '| a | b |', '|---|---|', '- item', '> quote'),
  fc.string({ maxLength: 40 }),
);
const markdown = fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n'));
const longMarkdown = fc
  .tuple(markdown, fc.integer({ min: 1, max: 60 }))
  .map(([text, times]) => `${text}\n`.repeat(times));

/** The text without fences and white space. */
function contentOf(text: string): string {
  return text
    .split('\n')
    .filter((each) => opens(each) === undefined && !/^\s*(`{3,}|~{3,})\s*$/.test(each))
    .join('')
    .replace(/\s/g, '');
}

function balanced(text: string): boolean {
  let open: ReturnType<typeof opens>;
  for (const each of text.split(/(?<=\n)/)) {
    if (open && closes(each, open)) open = undefined;
    else open ??= opens(each);
  }
  return open === undefined;
}

describe('slack/render', () => {
  it('makes a post of a short answer: Markdown for the eye, text for notifications', () => {
    expect(posts('**Done**, @Ann: see [it](https://a.b) & <c>')).to.deep.equal([
      {
        text: '**Done**, <@U0ANN>: see [it](https://a.b) &amp; &lt;c&gt;',
        blocks: [{ type: 'markdown', text: '**Done**, <@U0ANN>: see [it](https://a.b) & <c>' }],
      },
    ]);
  });

  it('says nothing when there is nothing to say', () => {
    expect(render({ markdown: ' \n\n', people })).to.deep.equal({ posts: [] });
  });

  it('mentions nobody inside code and links', () => {
    const text = '`@Ann` [@Ann](https://a.b/@Ann) https://c.d/@Ann\n```\n@Ann\n```\n';
    expect(safeMarkdown(text, people)).to.equal(text);
  });

  describe('as Slack receives it', () => {
    const whole: [what: string, markdown: string, received: string][] = [
      [
        'a table',
        '| a | b |\n|---|---|\n| @Ann | `x \\| @Ann` |\n| a\\|b | [l](https://x.y/(z)) |\n',
        '| a | b |\n|---|---|\n| <@U0ANN> | `x \\| @Ann` |\n| a\\|b | [l](https://x.y/(z)) |\n',
      ],
      [
        'nested lists',
        '- a\n  - @Ann\n    - c\n1. x\n   1. y @scribe\n',
        '- a\n  - <@U0ANN>\n    - c\n1. x\n   1. y <@U0SCRIBE>\n',
      ],
      ['a fence in a list', '- a\n\n  ```\n  @Ann\n  ```\n- @Ann\n', '- a\n\n  ```\n  @Ann\n  ```\n- <@U0ANN>\n'],
      [
        'a fence that holds another',
        '````md\n```js\n@Ann\n```\n@Ann\n````\n@Ann\n',
        '````md\n```js\n@Ann\n```\n@Ann\n````\n<@U0ANN>\n',
      ],
      ['a fence in a quotation', '> ```\n> @Ann\n> ```\n', '> ```\n> @Ann\n> ```\n'],
      ['tildes', '~~~\n@Ann ```\n~~~\n', '~~~\n@Ann ```\n~~~\n'],
      ['backticks in code', '`` a ` @Ann `` @Ann', '`` a ` @Ann `` <@U0ANN>'],
      ['backticks that are none', '\\`@Ann\\` \\\\`@Ann`', '\\`<@U0ANN>\\` \\\\`@Ann`'],
      ['escaped signs', '2 \\* 3 \\_x\\_ \\@Ann', '2 \\* 3 \\_x\\_ \\@Ann'],
      ['a link with parentheses', '[@Ann](https://x.y/Goose_(bird)) @Ann', '[@Ann](https://x.y/Goose_(bird)) <@U0ANN>'],
      ['a link with brackets', '[see [1] @Ann](https://x.y)', '[see [1] @Ann](https://x.y)'],
      ['a link with a title', '[@Ann](<https://x.y/a b_(c)> "by @Ann")', '[@Ann](<https://x.y/a b_(c)> "by @Ann")'],
      ['a bare address', '(https://x.y/c_(@Ann)) <https://x.y/@Ann>', '(https://x.y/c_(@Ann)) <https://x.y/@Ann>'],
      ['a picture', '![@Ann](https://x.y/c_(d).png)', '[@Ann](https://x.y/c_(d).png)'],
      ['signs of HTML', '<b>@Ann</b> a < b && c &lt; d', '<b><@U0ANN></b> a < b && c &lt; d'],
    ];
    for (const [what, markdown, received] of whole)
      it(`keeps ${what}`, () => expect(posts(markdown).map(textOf)).to.deep.equal([received]));
  });

  it('makes links of images, so that nothing is fetched', () => {
    expect(safeMarkdown('a ![b](https://c.d/e.png) ![f][g] `![h](i)`', people)).to.equal(
      'a [b](https://c.d/e.png) [f][g] `![h](i)`',
    );
  });

  it('takes no part of a run of backticks for the beginning of code', () => {
    const run = '`'.repeat(13);
    expect(safeMarkdown(`${run}x \`\`\` y \`\`\` ![b](https://c.d/e.png) \`\`\` z`, people)).to.contain('``` [b](');
  });

  it('takes the power out of broadcasts and raw mentions, and leaves code as it is', () => {
    const safe = safeMarkdown('@channel @Everyone <!here> <@U0BEN> `#!/bin <!DOCTYPE html> @here`', people);
    expect(safe).to.equal('@\u2060channel @\u2060Everyone <\u2060!here> <\u2060@U0BEN> `#!/bin <!DOCTYPE html> @here`');
  });

  it('cuts between paragraphs, and never inside a table or a code block that fits', () => {
    const table = `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(40)}`;
    const code = `\`\`\`js\n${'let a = 1;\n'.repeat(40)}\`\`\`\n`;
    const parts = split(`${'word '.repeat(60)}\n\n${table}\n${'word '.repeat(60)}\n\n${code}`, 900);
    expect(parts.some((part) => part.includes(table))).to.equal(true);
    expect(parts.some((part) => part.includes(code))).to.equal(true);
    expect(parts.length).to.be.greaterThan(1);
  });

  it('closes a code block that must be cut, and opens it again in the next post', () => {
    const parts = split(`\`\`\`js\n${'let a = 1;\n'.repeat(100)}\`\`\`\n`, 500);
    expect(parts.length).to.be.greaterThan(2);
    for (const part of parts) expect(part).to.match(/^```js\nlet a = 1;\n[\s\S]*let a = 1;\n```\n$/);
  });

  it('makes a head and a file of a very long answer', () => {
    const long = `# Report\n\n${'A paragraph with some words in it.\n\n'.repeat(2_000)}`;
    const { posts: shown, file } = render({ markdown: long, people, fileName: 'report.md' });
    expect(file).to.deep.equal({ name: 'report.md', content: long });
    expect(shown).to.have.length(1);
    expect(textOf(shown[0]))
      .to.match(/^# Report\n/)
      .and.to.match(/the whole text is in the file report\.md/);
  });

  it('takes the time that its length asks for, whatever is repeated in it', () => {
    // A pattern that backtracks takes longer than any test may.
    for (const each of ['\\!', '[a](', '[a[', '(', '\n', '```\n', '[', '`', '- x\n']) {
      const { file } = render({ markdown: `text ${each.repeat(200_000 / each.length)}`, people });
      expect(file === undefined || file.content.length > 200_000).to.equal(true);
    }
  });

  it('keeps every post within the limits, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, longMarkdown, fc.string({ maxLength: 200 })), (text) => {
        const { posts: all } = render({ markdown: text, people });
        expect(all.length).to.be.at.most(POSTS_PER_ANSWER);
        for (const post of all) {
          expect(post.text).to.have.length.within(1, TEXT_CHARS - 1);
          expect(post.blocks).to.have.length.within(1, MESSAGE_BLOCKS);
          expect(textOf(post)).to.have.length.at.most(MARKDOWN_CHARS);
          expect(JSON.stringify(post.blocks)).to.have.length.at.most(BLOCKS_JSON_CHARS);
        }
      }),
    );
  });

  it('loses nothing but the fences it repairs, and leaves every code block closed', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 400, max: 2_000 }), (text, limit) => {
        const parts = split(text, limit);
        for (const part of parts) {
          expect(costOf(part)).to.be.at.most(limit);
          expect(balanced(part), part).to.equal(true);
        }
        expect(contentOf(parts.join('\n'))).to.equal(contentOf(text));
      }),
      { numRuns: 300 },
    );
  });

  it('lets no broadcast and no unvouched mention through, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          markdown,
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          for (const post of posts(text)) {
            for (const shown of [post.text, textOf(post)]) {
              expect(shown).to.not.match(/<!(here|channel|everyone|subteam)/i);
              expect(shown.replaceAll('<@U0ANN>', '')).to.not.match(/<@[UW]/);
            }
            expect(post.text).to.not.match(/@(channel|here|everyone)\b/i);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('neutralises broadcasts and images in all prose', () => {
    const prose = fc.array(
      fc.constantFrom('@channel', '@here', '@Everyone', '<', '!', '!here', ' ', 'x', '![', '](', '[', ')', '\\', '\n'),
    );
    fc.assert(
      fc.property(prose, (tokens) => {
        for (const post of posts(tokens.join(''))) {
          expect(textOf(post)).to.not.match(/@(channel|here|everyone)\b|<\\?!|!\[/i);
        }
      }),
      { numRuns: 500 },
    );
  });
});
