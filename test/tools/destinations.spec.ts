// Which addresses an input names, and whether people have given them: in one form, however they are written.
import { expect } from 'chai';
import { addressesIn, givenIn, ownMaking } from '../../src/tools/destinations.ts';

const isGiven = (said: string, input: unknown) => {
  const { addresses } = givenIn([said]);
  return addressesIn(input).every((address) => addresses.has(address));
};

describe('an address', () => {
  for (const [said, input] of [
    ['see https://example.com/a.', 'https://example.com/a'],
    ['see HTTPS://Example.COM/a', 'https://example.com/a'],
    ['see example.com/a', 'https://example.com/a'],
    ['see http://example.com/a', 'https://example.com/a'],
    ['see https://example.com', 'https://example.com/#top'],
    ['the [docs](https://example.com/d_(x))', 'https://example.com/d_(x)'],
    ['<https://example.com/a|here>', 'https://example.com/a'],
    ['“https://example.com/a”, please', 'https://example.com/a'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['write to Ada@Example.com!', 'mailto:ada@example.com'],
  ] as const)
    it(`is given by “${said}” as ${input}`, () => {
      expect(isGiven(said, { url: input })).to.equal(true);
    });

  for (const [said, input] of [
    ['see https://example.com/a', 'https://example.com/a?x=secret'],
    ['see https://example.com/a', 'https://example.com/b'],
    ['see https://example.com/a', 'http://example.com/a'],
    ['see https://example.com', 'https://secret.example.com'],
    ['see https://example.com', 'https://example.com.evil.example'],
    ['see https://example.com', 'https://example.com@evil.example'],
    ['see https://example.com', 'https://example.com:8443'],
    ['see https://example.com', '//evil.example'],
    ['see https://example.com', 'https:evil.example'],
    ['see https://example.com', 'evil。example'],
    ['see https://example.com', 'ｅｖｉｌ.example/x'],
    ['see https://example.com', '203.0.113.9'],
    ['see https://example.com', 'mallory@evil.example'],
    ['see https://example.com', 'Go to (evil.example), then'],
    ['see https://example.com', 'data:text/plain,secret'],
    ['see https://example.com', 'ftp://evil.example'],
    ['see https://example.com', 'https://example.com,https://evil.example'],
  ] as const)
    it(`is not given by “${said}” as ${input}`, () => {
      expect(isGiven(said, { url: input })).to.equal(false);
      expect(isGiven(said, { url: 'https://example.com', more: [{ to: input }] })).to.equal(false);
      expect(isGiven(said, { [input]: 1 })).to.equal(false);
    });

  it('are each of a list', () => {
    expect(addressesIn({ to: 'ben@x.example,eve@far.test', cc: '<a@x.example>;b@x.example' })).to.include.members([
      'ben@x.example',
      'eve@far.test',
      'a@x.example',
      'b@x.example',
    ]);
  });

  it('is nothing that has no dot, nor a number or a plain word', () => {
    expect(addressesIn({ format: 'markdown', max: 5000, note: 'a plain text, v1' })).to.deep.equal([]);
    expect(addressesIn({ path: '/tmp/notes.md', version: '1.2' })).to.deep.equal([]);
  });

  it('is found in time that grows with the text alone', () => {
    for (const sign of ['(', '.', '@', 'a.', 'https://', '//', '_ ']) {
      const text = `${sign.repeat(60_000)}x`;
      const start = process.cpuUsage().user;
      givenIn([text]);
      addressesIn({ text });
      expect((process.cpuUsage().user - start) / 1000, sign).to.be.below(1500);
    }
  });
});

describe('the words of an input', () => {
  const given = givenIn(['Find “Acme prices, 2026” — please', 'and nothing else']);
  it('are people’s where these stand so in a message, and else of its own making', () => {
    expect(ownMaking({ query: 'acme PRICES 2026', count: 10 }, given)).to.deep.equal([]);
    expect(ownMaking({ query: 'acme prices 2027' }, given)).to.deep.equal(['acme prices 2027']);
    // Not across two messages, and no half of a word.
    expect(ownMaking(['please and', 'acme price'], given)).to.deep.equal(['please and', 'acme price']);
    expect(ownMaking({ id: 20_260_101, half: 0.123456 }, given)).to.deep.equal(['20260101', '0.123456']);
    expect(ownMaking({ a: 'create_task', b: '!?'.repeat(20) }, given, new Set(['create_task']))).to.have.length(1);
  });
});
