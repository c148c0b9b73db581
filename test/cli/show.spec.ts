// The formatting of answers for a terminal.
import { expect } from 'chai';
import { ageOf, asJson, asText, plain, table } from '../../src/cli/show.ts';

describe('cli/show', () => {
  it('tells ages in the largest unit that fits', () => {
    const minute = 60_000;
    const ages = [0, minute - 1, minute, 59 * minute, 60 * minute, 47 * 60 * minute, 48 * 60 * minute, 1e11];
    expect(ages.map(ageOf)).to.deep.equal(['just now', 'just now', '1 min', '59 min', '1 h', '47 h', '2 d', '1157 d']);
  });

  it('sets columns under each other, and leaves nothing behind the last', () => {
    expect(
      table([
        ['a', 'bcd', 'e'],
        ['fgh', 'i', ''],
      ]),
    ).to.equal('a    bcd  e\nfgh  i');
    expect(table([])).to.equal('');
  });

  it('takes out what steers a terminal, and nothing else', () => {
    expect(plain('a\u001b[31mb\u009bc\r\n\tÜ🪿')).to.equal('a\ufffd[31mb\ufffdc\ufffd\n\tÜ🪿');
    const value = { text: 'a\u001b\u009b\u007f\r\n\tÜ🪿', deep: [{ 'k\u009b': 1 }] };
    expect(asJson(value)).to.not.match(/[^\P{Cc}\n]/u);
    expect(JSON.parse(asJson(value))).to.deep.equal(value);
    expect(asText(value)).to.not.match(/[^\P{Cc}\n]/u);
  });

  it('shows data as text that needs no learning', () => {
    expect(asText({ tasks: [{ number: 1, title: 'Book the hall' }] })).to.equal(
      'tasks:\n  - number: 1\n    title: Book the hall',
    );
    const shared = { id: 1 };
    expect(asText({ a: shared, b: shared })).to.equal('a:\n  id: 1\nb:\n  id: 1');
  });
});
