import { expect } from 'chai';
import { info, load } from './load.ts';

describe('what can be meant by the word at the caret', () => {
  const model = (more: object = {}) => ({
    info: {
      ...info,
      users: [
        { id: 'U0ADA', name: 'Ada Lindqvist', handle: 'ada' },
        { id: 'U0BEN', name: 'Ben Okafor', handle: 'ben' },
      ],
      app: { id: 'U0APP', name: 'Skein' },
      commands: [
        { usage: '/skein tasks [@name]', says: 'open tasks' },
        { usage: '/skein do <action> …', says: 'any action' },
        { usage: '/skein digest', says: 'now' },
        { usage: '/skein digest at 08:30', says: 'when' },
      ],
    },
    where: { as: 'U0ADA' },
    pod: { about: { members: [{ handle: 'scribe' }] } },
    place: () => ({ kind: 'channel', title: 'launch', members: ['U0ADA', 'U0APP'] }),
    places: () => [
      { kind: 'channel', title: 'general', about: '', sign: 'hash' },
      { kind: 'channel', title: 'launch', about: '', sign: 'hash' },
    ],
    ...more,
  });

  it('begins at a sign that begins a word', async () => {
    const { askedAt } = await load('writing/suggest.js');
    const typed = (text: string, caret = text.length) => askedAt(text, caret)?.typed;
    const cases: [string, string | undefined][] = [
      ['@', ''],
      ['hello @be', 'be'],
      ['(@be', 'be'],
      ['mail ada@be', undefined],
      ['see #la', 'la'],
      ['/sk', '/sk'],
      ['/skein di', '/skein di'],
      ['and/or', undefined],
      ['/invite @be', 'be'],
      ['hello @ben ', undefined],
    ];
    for (const [text, expected] of cases) expect(typed(text), text).to.equal(expected);
    expect(typed('@be and so on', 3)).to.equal('be');
    expect(typed('@bert', 3)).to.equal(undefined);
  });

  it('is who begins so, by handle or by a name, whoever is here first', async () => {
    const { choicesFor } = await load('writing/suggest.js');
    const names = (typed: string) =>
      choicesFor({ sign: '@', typed }, model()).map(({ name, note }: { name: string; note?: string }) => [name, note]);
    expect(names('')).to.deep.equal([
      ['Scribe', 'agent'],
      ['Ada Lindqvist', 'you'],
      ['Skein', 'app'],
      ['Ben Okafor', 'not in launch'],
    ]);
    expect(names('OKA')).to.deep.equal([['Ben Okafor', 'not in launch']]);
    expect(names('zz')).to.deep.equal([]);
  });

  it('is a command by any of its words, or a channel', async () => {
    const { choicesFor, isWhole } = await load('writing/suggest.js');
    const inserts = (sign: string, typed: string) =>
      choicesFor({ sign, typed }, model()).map(({ insert }: { insert: string }) => insert);
    expect(inserts('/', '/dig')).to.deep.equal(['/skein digest', '/skein digest at 08:30']);
    expect(inserts('/', '/skein t')).to.deep.equal(['/skein tasks ']);
    expect(inserts('/', '/skein do')).to.deep.equal(['/skein do ']);
    expect(inserts('/', '/inv')).to.deep.equal(['/invite ']);
    expect(inserts('#', 'la')).to.deep.equal(['#launch ']);
    const whole = (sign: string, typed: string) => isWhole({ typed }, choicesFor({ sign, typed }, model()));
    expect([whole('/', '/skein digest'), whole('/', '/skein dig'), whole('@', 'ben'), whole('@', 'be')]).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
  });
});
