// A file of texts is parsed, or each of its faults is reported with its cure.
import { expect } from 'chai';
import { parseText } from '../../src/texts/parse-text.ts';

const DECLARED = {
  title: { fields: ['pod'], lines: false },
  body: { fields: ['pod', 'from'], lines: true },
  no: { fields: [], lines: false },
};
const HEAD = '---\nfor: Tells of a mail.\nto: An owner.\nfields:\n  pod: its name\n  from: who wrote\n---\n';
const BODY = '\n# title\n\nA mail to {{pod}}\n\n# body\n\n## For {{ pod }}\n\n> {{from}}\n\n# no\n\nNo\n';

const read = (text: string) => parseText(text, DECLARED);

describe('a file of texts', () => {
  it('is its parts by name', () => {
    const { parts, problems } = read(HEAD + BODY);
    expect(problems).to.deep.equal([]);
    expect([...parts]).to.deep.equal([
      ['title', 'A mail to {{pod}}'],
      ['body', '## For {{ pod }}\n\n> {{from}}'],
      ['no', 'No'],
    ]);
  });

  it('is the same with the line ends of Windows and a byte order mark', () => {
    expect(read(`\uFEFF${(HEAD + BODY).replaceAll('\n', '\r\n')}`)).to.deep.equal(read(HEAD + BODY));
  });

  for (const [what, text, told] of [
    ['empty', ' \n', ['it is empty. Restore it.']],
    [
      'without a head',
      BODY,
      ['it does not begin with `---`, then `for`, `to` and `fields`, then `---`. Restore these lines.'],
    ],
    [
      'with a head that is not YAML',
      `---\nfor: "x\n---\n${BODY}`,
      ['its head is not YAML (Missing closing "quote at line 1, column 8). Mend that line.'],
    ],
    [
      'with a head that says too little',
      `---\nfor: x\n---\n${BODY}`,
      ['its head has to say `for` and `to`, each in words, and `fields` with a line for each field. Mend it.'],
    ],
    [
      'with a head that tells of other fields',
      HEAD.replace('from:', 'form:') + BODY,
      [
        'its head tells of a field `form` that it does not have. Take that line away.',
        'its head does not tell of the field `from`. Add a line for it below `fields`.',
      ],
    ],
    [
      'with words above the first part',
      `${HEAD}Dear all\n${BODY}`,
      ['“Dear all” stands before the first part. Put it below the `# name` of one.'],
    ],
    [
      'with a part that is misspelt',
      HEAD + BODY.replace('# title', '# titel'),
      [
        '“# titel” is no part of this text. Did you mean “# title”?',
        'the part “# title” is missing. Add it, with {{pod}}.',
      ],
    ],
    [
      'with a part too many',
      `${HEAD}${BODY}\n# subject of the mail\n\nHello\n`,
      ['“# subject of the mail” is no part of this text. There are: “# title”, “# body”, “# no”.'],
    ],
    ['with a part twice', `${HEAD}${BODY}\n# no\n\nNever\n`, ['it has two parts “# no”. Take one away.']],
    [
      'with a part that is empty',
      HEAD + BODY.replace('A mail to {{pod}}', ''),
      ['the part “# title” is empty. Write below it what Skein is to say, with {{pod}}.'],
    ],
    [
      'with a field that is misspelt',
      HEAD + BODY.replace('mail to {{pod}}', 'mail to {{pot}}'),
      ['“# title” has no field {{pot}}. Did you mean {{pod}}?', '“# title” lacks {{pod}}. Put it in.'],
    ],
    [
      'with a field of another part',
      HEAD + BODY.replace('No\n', 'No to {{pod}}\n'),
      ['“# no” has no field {{pod}}. Take it out: this part has no fields.'],
    ],
    [
      'with a field that is left out',
      HEAD + BODY.replace('> {{from}}', '> Somebody'),
      ['“# body” lacks {{from}}. Put it in.'],
    ],
    [
      'with braces that are not closed',
      HEAD + BODY.replace('mail to {{pod}}', 'mail to {{pod} and {{pod}} or pod}}'),
      [
        '“# title” has braces that make no field: {{pod}. Write {{pod}}.',
        '“# title” has braces that make no field: pod}}. Write {{pod}}.',
      ],
    ],
    [
      'with lines where one has to do',
      HEAD + BODY.replace('A mail', 'Hello,\n\na mail'),
      ['“# title” must be one line. Join its lines.'],
    ],
  ] as const)
    it(`is refused ${what}`, () => {
      expect(read(text).problems).to.deep.equal(told);
    });

  it('tells all its faults at once', () => {
    const { problems } = read(HEAD.replace('from:', 'form:') + BODY.replace('{{pod}}', '{{pot}}').replace('No\n', ''));
    expect(problems).to.have.length(5);
  });
});
