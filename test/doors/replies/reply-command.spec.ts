import { expect } from 'chai';
import fc from 'fast-check';
import { isYes, readCommands, readCommandWord } from '../../../src/doors/replies/reply-command.ts';

describe('commands in a reply', () => {
  const table: [string, object[], string][] = [
    ['done', [{ kind: 'done' }], ''],
    ['Done.', [{ kind: 'done' }], ''],
    ['DONE #4', [{ kind: 'done', task: '#4' }], ''],
    ['#4 done', [{ kind: 'done', task: '#4' }], ''],
    ['#4: done, it is here', [{ kind: 'done', task: '#4', note: 'it is here' }], ''],
    ['#4 start', [{ kind: 'start', task: '#4' }], ''],
    ['#4 done deal', [], '#4 done deal'],
    ['#4 is late', [], '#4 is late'],
    ['start', [], 'start'],
    ['done: the price stands', [{ kind: 'done', note: 'the price stands' }], ''],
    ['reopen #12, it came back', [{ kind: 'reopen', task: '#12', note: 'it came back' }], ''],
    ['assign to Ben', [{ kind: 'assign', to: 'Ben' }], ''],
    ['#3 assign to Ben', [{ kind: 'assign', to: 'Ben', task: '#3' }], ''],
    ['#4 merge into #3', [{ kind: 'merge', task: '#4', into: '#3' }], ''],
    ['assign #3 to @scribe', [{ kind: 'assign', to: '@scribe', task: '#3' }], ''],
    ['assign: Ada Lindqvist', [{ kind: 'assign', to: 'Ada Lindqvist' }], ''],
    ['Assign to @scout please', [{ kind: 'assign', to: '@scout' }], ''],
    ['not me: I am away', [{ kind: 'back', reason: 'I am away' }], ''],
    [
      '#7 drop with its parts: the hall is closed',
      [{ kind: 'drop', task: '#7', reason: 'the hall is closed', parts: 'drop' }],
      '',
    ],
    ['drop without its parts: too late', [{ kind: 'drop', reason: 'too late', parts: 'keep' }], ''],
    ['#7 drop: the hall is closed', [{ kind: 'drop', task: '#7', reason: 'the hall is closed' }], ''],
    ['drop it: no flour', [{ kind: 'drop', reason: 'no flour' }], ''],
    ['drop the boxes at the door', [], 'drop the boxes at the door'],
    ['#9 go on without #7', [{ kind: 'without', task: '#9', other: '#7' }], ''],
    ['#5 approve', [{ kind: 'approve', task: '#5' }], ''],
    ['Approved #5: well said.', [{ kind: 'approve', task: '#5', note: 'well said' }], ''],
    ['approve', [], 'approve'],
    ['Approved.', [], 'Approved.'],
    ['#5 approves of nothing', [], '#5 approves of nothing'],
    ['#5 send back: the dates', [{ kind: 'send-back', task: '#5', comments: 'the dates' }], ''],
    ['send it back: the dates', [{ kind: 'send-back', comments: 'the dates' }], ''],
    ['Send back the boxes', [], 'Send back the boxes'],
    ['go on without me', [], 'go on without me'],
    ['wait for #8 instead of #7', [{ kind: 'without', other: '#7', instead: '#8' }], ''],
    ['#3 not me: I am away', [{ kind: 'back', task: '#3', reason: 'I am away' }], ''],
    ['Not me but Ben', [], 'Not me but Ben'],
    ['assign to Ben, thanks!', [{ kind: 'assign', to: 'Ben' }], ''],
    ['assign Ben', [{ kind: 'assign', to: 'Ben', unsure: true }], ''],
    [
      'Assign seats for the tasting please. The rest of this is important text.',
      [],
      'Assign seats for the tasting please. The rest of this is important text.',
    ],
    ['assign to Ben\n\ndone\nThank you all.', [{ kind: 'assign', to: 'Ben' }, { kind: 'done' }], 'Thank you all.'],
    ['admit Kim@Orchard.example', [{ kind: 'admit', address: 'kim@orchard.example' }], ''],
    ['admit Kim Vale <kim@orchard.example>', [{ kind: 'admit', address: 'kim@orchard.example', name: 'Kim Vale' }], ''],
    ['add kim@orchard.example', [{ kind: 'admit', address: 'kim@orchard.example' }], ''],
    ['add Kim to the list kim@orchard.example', [], 'add Kim to the list kim@orchard.example'],
    ['admit it, kim@orchard.example is right', [], 'admit it, kim@orchard.example is right'],
    ['Admit that we are late', [], 'Admit that we are late'],
    ['I am done', [], 'I am done'],
    ['Not done yet\ndone', [], 'Not done yet\ndone'],
    ['donework', [], 'donework'],
    ['done deal, I think', [], 'done deal, I think'],
    ['', [], ''],
  ];
  const dayIn = (words: string) => ({ Friday: { day: '2026-12-04' } })[words];

  it('start a workflow, with what it is for and who has its roles', () => {
    const read = (text: string) => readCommands(text).commands.map(({ line: _line, ...one }) => one);
    const starts = { kind: 'workflow', name: 'weekly-slides' };
    expect(read('workflow weekly-slides: week 49 (editor: @scribe, presenter: Ada Lindqvist)')).to.deep.equal([
      { ...starts, about: 'week 49', roles: ['editor: @scribe', 'presenter: Ada Lindqvist'] },
    ]);
    expect(read('Workflow weekly-slides (presenter: Ada).')).to.deep.equal([{ ...starts, roles: ['presenter: Ada'] }]);
    expect(read('workflow weekly-slides: week 49')).to.deep.equal([{ ...starts, about: 'week 49', roles: [] }]);
    for (const text of ['workflow first', 'workflows: they help', 'Workflow is a word'])
      expect(read(text), text).to.deep.equal([]);
  });

  it('are asked back with an example where they lack what they need, and are no sentence', () => {
    const read = (text: string, about?: 'task') =>
      readCommands(text, { about }).commands.map((one) => (one.kind === 'half' ? [one.task, one.asks] : one.kind));
    for (const text of ['drop #4', '#4 drop', 'Drop #4.', '#4: drop:', 'drop #4 please'])
      expect(read(text), text).to.deep.equal([['#4', 'Say why, behind a colon: “#4 drop: the hall is closed”.']]);
    expect(read('#4 assign to')).to.deep.equal([['#4', 'Say to whom: “#4 assign to Ben”.']]);
    expect(read('merge #4')).to.deep.equal([['#4', 'Say into which task: “#4 merge into #3”.']]);
    const halves = ['#4 send back', '#4 not me', '#4 assign', '#4 due', '#4 repeat', '#9 go on without'];
    for (const text of halves) expect(read(text), text).to.have.nested.property('[0][0]');
    expect(read('drop', 'task')).to.deep.equal([[undefined, 'Say why, behind a colon: “drop: the hall is closed”.']]);
    for (const text of ['workflow', 'Start a workflow.', 'workflow weekly-slides'])
      expect(String(read(text)), text).to.include('workflow ');
    for (const text of [
      'drop',
      'drop it',
      'not me',
      'due',
      'drop #4 and #5',
      'drop me a line',
      'start early',
      'start clean-up',
    ])
      expect(read(text), text).to.deep.equal([]);
  });

  it('say when a task comes again, that it goes on, and that it stops', () => {
    const everyIn = (words: string) => words.toLowerCase() === 'every monday';
    const read = (text: string) => readCommands(text, { everyIn }).commands.map(({ line: _line, ...one }) => one);
    for (const text of [
      'repeat every Monday',
      'Repeats every Monday.',
      'repeat: every Monday',
      'repeat every Monday please',
    ])
      expect(read(text), text).to.deep.equal([{ kind: 'repeat', every: 'every Monday' }]);
    for (const text of ['#3 repeat every Monday', 'repeat #3 every Monday', '#3: repeats every Monday'])
      expect(read(text), text).to.deep.equal([{ kind: 'repeat', every: 'every Monday', task: '#3' }]);
    expect(read('go on repeating')).to.deep.equal([{ kind: 'repeat' }]);
    expect(read('#3 go on repeating')).to.deep.equal([{ kind: 'repeat', task: '#3' }]);
    for (const text of ['stop repeating #3', 'End repeating #3.'])
      expect(read(text), text).to.deep.equal([{ kind: 'repeat', every: null, task: '#3' }]);
    // A number shows that days were meant.
    expect(read('#3 repeat every full moon')).to.deep.equal([{ kind: 'repeat', every: 'every full moon', task: '#3' }]);
    for (const text of ['repeat every test that failed', 'Repeat that, please', 'stop repeating yourself', 'go on'])
      expect(read(text), text).to.deep.equal([]);
    expect(readCommands('repeat every Monday').commands, 'without days to read by').to.deep.equal([]);
  });

  it('set a due day where the words are a day, and are kept as a decision after a colon', () => {
    const read = (text: string) => readCommands(text, { dayIn }).commands.map(({ line: _line, ...one }) => one);
    const friday = { kind: 'due', words: 'Friday', day: '2026-12-04' };
    for (const text of ['due Friday', 'Due: Friday.', 'due Friday please'])
      expect(read(text), text).to.deep.equal([friday]);
    for (const text of ['#3 due Friday', 'due #3 Friday', 'due #3: Friday'])
      expect(read(text), text).to.deep.equal([{ ...friday, task: '#3' }]);
    // A colon or a number shows that a day was meant.
    expect(read('due: Fryday')).to.deep.equal([{ kind: 'due', words: 'Fryday' }]);
    for (const text of ['due diligence', 'due to the snow', 'Friday', 'decision follows', 'decision:'])
      expect(read(text), text).to.deep.equal([]);
    expect(readCommands('due Friday').commands, 'without a day to read by').to.deep.equal([]);
    expect(read('Decision: we take the blue boxes')).to.deep.equal([
      { kind: 'decide', decision: 'we take the blue boxes' },
    ]);
  });

  for (const [text, commands, rest] of table)
    it(`are ${JSON.stringify(commands)} in ${JSON.stringify(text)}`, () => {
      const read = readCommands(text);
      const bare = read.commands.map(({ line: _line, ...command }) => command);
      expect({ commands: bare, rest: read.rest }).to.deep.equal({ commands, rest });
    });

  it('include a bare “start” only where it answers a notice about a task', () => {
    expect(readCommands('Start.\nI have the flour.', { about: 'task' })).to.deep.equal({
      commands: [{ kind: 'start', line: 'Start.' }],
      rest: 'I have the flour.',
    });
    expect(readCommands('Start with the rye.', { about: 'task' }).commands).to.deep.equal([]);
  });

  it('keep the line as it was written, and are words where nobody goes by the name', () => {
    expect(readCommands('Done #4.\nHello').commands[0]?.line).to.equal('Done #4.');
    const text = 'done\nAssign seats please.\nThe rest.';
    expect(readCommands(text, { nobody: new Set(['seats']) }).rest).to.equal('Assign seats please.\nThe rest.');
    expect(
      readCommands('assign to seats', { nobody: new Set(['seats']) }).commands,
      'said to be a name',
    ).to.have.length(1);
  });

  it('are ten at most', () => {
    const { commands, rest } = readCommands('done\n'.repeat(12));
    expect(commands).to.have.length(10);
    expect(rest).to.equal('done\ndone');
  });

  it('are read in one pass from any text, and what is no command stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('done', 'assign to Ben', 'reopen #2', '', 'Hello', 'x: y')), (lines) => {
        const text = lines.join('\n');
        const { commands, rest } = readCommands(text);
        const spoken = lines.findIndex((line) => line === 'Hello' || line === 'x: y');
        const before = spoken === -1 ? lines : lines.slice(0, spoken);
        expect(commands.length).to.equal(Math.min(10, before.filter(Boolean).length));
        if (commands.length < 10) expect(rest).to.equal(spoken === -1 ? '' : lines.slice(spoken).join('\n').trim());
      }),
    );
  });

  it('take no time over a line made to cost much', () => {
    const began = process.cpuUsage().user;
    readCommands(`assign to ${'a '.repeat(50_000)}!`);
    readCommands(`done: ${' '.repeat(100_000)}x`);
    expect((process.cpuUsage().user - began) / 1000).to.be.below(500);
  });
});

describe('the one word of an answer', () => {
  for (const [text, word] of [
    ['accept', 'accept'],
    ['  Reject!\n', 'reject'],
    ['accepted', 'other'],
    ['please accept', 'other'],
    ['', 'other'],
  ] as const)
    it(`is ${word} in ${JSON.stringify(text)}`, () => expect(readCommandWord(text)).to.equal(word));

  it('has “yes” for what a mail proposes, where it stands alone', () => {
    for (const text of ['yes', 'Yes!', ' YES. ', 'yes please', 'Yes, thanks']) expect(isYes(text), text).to.equal(true);
    for (const text of ['', 'yes but later', 'yes\nand the labels', 'yes?', 'no', 'yesterday'])
      expect(isYes(text), text).to.equal(false);
  });

  it('say how close somebody stays only where they name the task, or answer a notice about it', () => {
    const involves = (words: string) => words === 'Tell me every step.';
    const read = (text: string, about?: 'task') => readCommands(text, { about, involves }).commands;
    expect(read('Tell me every step.', 'task')).to.deep.equal([
      { kind: 'involve', line: 'Tell me every step.', words: 'Tell me every step.' },
    ]);
    expect(read('#3 Tell me every step.')[0]).to.include({ task: '#3' });
    expect(read('Tell me every step.'), 'it may be for a colleague').to.deep.equal([]);
    expect(read('Tell me every other step.', 'task')).to.deep.equal([]);
  });
});
