import { expect } from 'chai';
import { type CacheMarks, cacheMarks, type PastRequest } from '../../../src/agents/model/cache-marks.ts';

const MINUTE = 60_000;

/** Builds requests. Each run is the pause before it in minutes and the number of its requests; a request adds `more` tokens. */
function requests(runs: readonly [pause: number, requests: number][], more = 500): PastRequest[] {
  const all: PastRequest[] = [];
  let at = 0;
  for (const [n, [pause, count]] of runs.entries()) {
    at += pause * MINUTE;
    for (let each = 0; each < count; each++) {
      all.push({ end: all.length * 2, run: `run${n}`, at, tokens: (all.length + 1) * more });
      at += 8000;
    }
  }
  return all;
}

const CASES: readonly [name: string, runs: [number, number][], marks: CacheMarks][] = [
  ['the very first request', [[0, 1]], { ends: [], last: '5m' }],
  ['the second request of the first run', [[0, 2]], { ends: [{ message: 0, life: '5m' }], last: '5m' }],
  ['the third, at the end of the second', [[0, 3]], { ends: [{ message: 2, life: '5m' }], last: '5m' }],
  [
    'the first after a pause of 20 minutes, for an hour',
    [
      [0, 2],
      [20, 1],
    ],
    { ends: [{ message: 2, life: '1h' }], last: '1h' },
  ],
  [
    'the next of that run, which keeps the mark of an hour where it began',
    [
      [0, 2],
      [20, 2],
    ],
    {
      ends: [{ message: 4, life: '1h' }],
      last: '5m',
    },
  ],
  [
    'its third, with the end of the second too',
    [
      [0, 2],
      [20, 3],
    ],
    {
      ends: [
        { message: 4, life: '1h' },
        { message: 6, life: '5m' },
      ],
      last: '5m',
    },
  ],
  [
    'the first after another such pause, which finds the hour of the run before',
    [
      [0, 2],
      [20, 2],
      [20, 1],
    ],
    {
      ends: [
        { message: 4, life: '1h' },
        { message: 6, life: '1h' },
      ],
      last: '1h',
    },
  ],
  [
    'a short pause after a long one: what is cached already makes the hour cheap',
    [
      [0, 2],
      [20, 2],
      [1, 1],
    ],
    {
      ends: [
        { message: 4, life: '1h' },
        { message: 6, life: '1h' },
      ],
      last: '1h',
    },
  ],
  [
    'pauses of two hours, which nothing survives',
    [
      [0, 2],
      [120, 2],
      [120, 2],
      [120, 1],
    ],
    { ends: [{ message: 10, life: '5m' }], last: '5m' },
  ],
];

describe('The marks of a request for the prompt cache', () => {
  for (const [name, runs, marks] of CASES)
    it(`are chosen for ${name}`, () => expect(cacheMarks(requests(runs))).to.deep.equal(marks));

  it('are never more than two beside the system text and the end, and those of an hour come first', () => {
    for (let seed = 1; seed < 3000; seed++) {
      const pauses = [0.2, 1, 4, 6, 20, 59, 61, 180];
      const runs = Array.from({ length: 1 + (seed % 7) }, (_, n): [number, number] => [
        pauses[(seed * 31 + n * n * 17) % pauses.length] ?? 0,
        1 + ((seed + n * 13) % 4),
      ]);
      const { ends, last } = cacheMarks(requests(runs, 1 + ((seed * 97) % 4000)));
      const lives = [...ends.map(({ life }) => life), last].join(' ');
      expect(ends.length, `seed ${seed}`).to.be.at.most(2);
      expect(lives, `seed ${seed}`).to.not.match(/5m.*1h/);
      expect(ends.map(({ message }) => message)).to.deep.equal(
        ends.map(({ message }) => message).sort((a, b) => a - b),
      );
    }
  });
});
