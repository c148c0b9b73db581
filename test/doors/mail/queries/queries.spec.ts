// A query by mail is a whole line. A sentence that begins with the same word is read by people.
import { expect } from 'chai';
import { filesMeant, podNamed } from '../../../../src/doors/mail/queries/file-name.ts';
import { QUERIES, queryIn } from '../../../../src/doors/mail/queries/settle-query.ts';
import { REPLY_COMMANDS, readCommands } from '../../../../src/doors/replies/reply-command.ts';
import { levelIn } from '../../../../src/pods/involvement/level.ts';
import { comingDay } from '../../../../src/pods/spoken-day.ts';
import { spokenRule } from '../../../../src/pods/tasks/repeats/spoken-rule.ts';

const isQuery = (line: string) => {
  const found = queryIn(line);
  return found && [found.name, found.words];
};

describe('a query by mail', () => {
  it('is recognised by the whole line', () => {
    expect(isQuery('Tasks')).to.deep.equal(['tasks', '']);
    expect(isQuery('help')).to.deep.equal(['help', '']);
    expect(isQuery('file “Price list.md”')).to.deep.equal(['file', 'Price list.md']);
    expect(isQuery('Unsubscribe')).to.deep.equal(['unsubscribe', '']);
    expect(isQuery('no more mails')).to.deep.equal(['unsubscribe', '']);
    expect(isQuery('history')).to.deep.equal(['history', '']);
    expect(isQuery('History since 24 November')).to.deep.equal(['history', '24 November']);
    expect(isQuery('find rye price')).to.deep.equal(['find', 'rye price']);
    expect(isQuery('find “a mill, by the river”')).to.deep.equal(['find', 'a mill, by the river']);
  });

  it('is none where the line is a sentence', () => {
    const sentences = [
      'tasks are late again, who can help',
      'help me with the boxes',
      'history repeats itself',
      'history since we moved is a long sad story',
      'find a cheaper mill',
      'find out who sent it',
      'find us somebody',
      'find mills in Bremen, Hamburg and Kiel',
      'find mills in Bremen that deliver on Mondays too',
      'unsubscribe Ben from the list',
      'files',
      'filed the report',
      'waiting for the mill',
    ];
    for (const line of sentences) expect(isQuery(line), line).to.equal(undefined);
  });

  it('and each command are what “help” shows of them', () => {
    for (const [name, { example }] of Object.entries(QUERIES)) expect(queryIn(example)?.name, example).to.equal(name);
    for (const [kind, { example }] of Object.entries(REPLY_COMMANDS)) {
      const { commands, rest } = readCommands(example, {
        involves: (words) => levelIn(words) !== undefined,
        dayIn: (words) => comingDay(words, '2026-11-30'),
        everyIn: (words) => spokenRule(words, '2026-11-30') !== undefined,
        joined: 'm_joined',
      });
      expect([commands.map((one) => one.kind), rest], example).to.deep.equal([[kind], '']);
    }
  });
});

describe('the name of a file', () => {
  const all = ['prices.md', 'plans/Prices.md', 'plans/launch plan.md', 'price-list.csv', 'taxes-2026.pdf'].map(
    (name) => ({ name }),
  );
  const meant = (text: string) => filesMeant(all, text).files.map(({ name }) => name);

  it('is whole, without its folder or ending, or a part', () => {
    expect(meant('prices.md')).to.deep.equal(['prices.md']);
    expect(meant('PLANS/prices.md')).to.deep.equal(['plans/Prices.md']);
    expect(meant('launch plan')).to.deep.equal(['plans/launch plan.md']);
    expect(meant('prices')).to.deep.equal(['prices.md', 'plans/Prices.md']);
    expect(meant('price')).to.have.length(3);
    expect(meant('taxes')).to.deep.equal(['taxes-2026.pdf']);
  });

  it('is none in a sentence, and a wrong one where it looks like a name', () => {
    expect(filesMeant(all, 'the prices with the mill')).to.deep.equal({ files: [], isName: false });
    expect(filesMeant(all, 'complaint')).to.deep.equal({ files: [], isName: false });
    expect(filesMeant(all, 'prises.md')).to.deep.equal({ files: [], isName: true });
    expect(filesMeant(all, 'it. Then tell Ben')).to.deep.equal({ files: [], isName: false });
  });

  it('may say in which pod', () => {
    const pods = [{ name: 'Launch' }, { name: 'Orchard' }];
    expect(podNamed('prices.md in orchard', pods)).to.deep.equal({ name: 'prices.md', pod: { name: 'Orchard' } });
    expect(podNamed('prices in cents.md', pods)).to.equal(undefined);
  });
});
