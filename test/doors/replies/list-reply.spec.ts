import { expect } from 'chai';
import { laterIn, readListReply, readTraceAnswer, saysYesOrNo } from '../../../src/doors/replies/list-reply.ts';

describe('a reply to a list', () => {
  const kinds = (text: string) => {
    const reply = readListReply(text);
    if (reply?.kind !== 'commands') return reply;
    return reply.commands.map((one) => {
      if (one.kind === 'trace') return `${one.number} ${one.said.answer}`;
      return `${one.number} ${one.kind === 'move' ? one.command.kind : one.until}`;
    });
  };

  for (const [text, result] of [
    ['#3 done', ['3 done']],
    ['Done #3.', ['3 done']],
    ['#1: tomorrow!', ['1 tomorrow']],
    ['tomorrow #1', ['1 tomorrow']],
    ['#2 later monday', ['2 monday']],
    ['Later 3pm #2.', ['2 3pm']],
    ['#3 done\n\n#1 tomorrow\nstart #2', ['3 done', '1 tomorrow', '2 start']],
    ['#3 done: the price stands', ['3 done']],
    ['#2 go on without #5\n#3 drop: the hall is closed', ['2 without', '3 drop']],
    ['#2 wait for #7 instead of #5', ['2 without']],
  ] as const)
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(kinds(text)).to.deep.equal(result);
    });

  it('takes words for the one thing that they begin with', () => {
    expect(readListReply('#2 Yes, the left one.\n\n  It is hotter.\nMaja')).to.deep.equal({
      kind: 'words',
      number: 2,
      text: 'Yes, the left one.\n\n  It is hotter.\nMaja',
    });
    expect(readListReply('#2: done with that, see below')).to.include({ kind: 'words', number: 2 });
  });

  for (const text of [
    'Gladly.',
    'done',
    '',
    '#3',
    '#3 done\nThe oven is free.',
    '#2 yes\n#3 no',
    '#2 yes\n#3 done',
    'I have done #3',
  ])
    it(`guesses nothing of ${JSON.stringify(text)}`, () => {
      expect(readListReply(text)).to.equal(undefined);
    });

  for (const [text, answer] of [
    ['Forget', { answer: 'forget' }],
    ['forget it too.', { answer: 'forget' }],
    ['forget all', { answer: 'forget' }],
    ['forget 1, 3', { answer: 'forget', only: '1, 3' }],
    ['Keep #2', { answer: 'keep', only: '2' }],
    ['keep them', { answer: 'keep' }],
    ['keep 1 and 2', { answer: 'keep', only: '1 and 2' }],
    ['forget what I said about the boxes', undefined],
    ['keep going', undefined],
    ['', undefined],
  ] as const)
    it(`about what was made from an erased text reads ${JSON.stringify(text)}`, () => {
      expect(readTraceAnswer(text)).to.deep.equal(answer);
    });

  it('knows “tomorrow” and “later monday” alone, and leaves what says more', () => {
    const read = {
      tomorrow: 'tomorrow',
      ' Tomorrow. ': 'tomorrow',
      'later monday': 'monday',
      'Later: 24 Dec at 9:30!': '24 Dec at 9:30',
      'later blue': 'blue',
      later: undefined,
      'tomorrow then': undefined,
      'not tomorrow': undefined,
      'Later we talk about all of it': undefined,
      'later monday\nThe oven is free': undefined,
    };
    for (const [text, time] of Object.entries(read)) expect(laterIn(text), text).to.equal(time);
  });

  it('knows an answer that begins with yes or no, and names no thing', () => {
    for (const text of ['Yes, go on.', 'no: not before Friday', ' yes']) expect(saysYesOrNo(text), text).to.equal(true);
    for (const text of ['#1 yes', 'yes to #1', 'Nobody knows', 'Yesterday', 'done'])
      expect(saysYesOrNo(text), text).to.equal(false);
  });

  it('reads a long text quickly', () => {
    // Other processes on the machine take no part of it.
    const before = process.cpuUsage();
    expect(readListReply(`#2 x\n${'words and words\n'.repeat(20_000)}`)?.kind).to.equal('words');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).to.be.below(1_000);
  });
});
