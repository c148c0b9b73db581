import { expect } from 'chai';
import { resultWords } from '../../../src/doors/typed/result-words.ts';

const T = `t_${'a1'.repeat(10)}`;

describe('the result of an action, as a person reads it', () => {
  for (const [what, result, lines] of [
    [
      'things, each a line with its name first and its other fields in words',
      {
        tasks: [
          {
            id: T,
            number: 3,
            title: 'Order boxes',
            state: 'open',
            assignee: 'person:p1',
            assigneeName: 'Ben',
            waits_for: '#2',
          },
          { id: T, number: 4, title: 'Ship', state: 'done', files: ['a.md', 'b.md'] },
        ],
        next: 'x',
      },
      ['- #3 Order boxes · state: open · assignee: Ben · waits for: #2', '- #4 Ship · state: done · files: a.md, b.md'],
    ],
    [
      'one thing below its name',
      { pod: { id: 'p_1', name: 'Launch', purpose: 'To open' } },
      ['pod:', '  - Launch · purpose: To open'],
    ],
    ['plain fields', { until: '2026-12-01T09:00Z', done: true }, ['until: 2026-12-01T09:00Z', 'done: yes']],
    ['a text with its own lines', { text: 'One\nTwo' }, ['text: One', '  Two']],
    [
      'things within things',
      { members: [{ name: 'Ada', pods: [{ name: 'A' }, { name: 'B' }] }] },
      ['- Ada', '  pods:', '    - A', '    - B'],
    ],
    ['nothing', { tasks: [] }, ['Nothing.']],
    ['nothing but ids', { task: { id: T }, wakesWith: ['agent:x'] }, ['task:']],
  ] as const)
    it(`says ${what}`, () => {
      expect(resultWords(result).split('\n')).to.deep.equal(lines);
    });
});
