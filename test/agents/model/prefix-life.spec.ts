import { expect } from 'chai';
import { FIVE_MINUTES, HOUR, withSystem } from '../../../src/agents/model/cache-marks.ts';
import { prefixLives } from '../../../src/agents/model/prefix-life.ts';

const MINUTE = 60_000;

function livesAfter(pauses: readonly number[]): string[] {
  const life = prefixLives();
  let now = 0;
  const lives: string[] = [life('p', now)];
  for (const pause of pauses) {
    now += pause;
    lives.push(life('p', now));
  }
  return lives;
}

describe('the life of the mark on an agent’s system text', () => {
  const cases: readonly [name: string, pauses: number[], last: string][] = [
    ['is five minutes at first', [], '5m'],
    ['is five minutes where each request follows soon', [MINUTE, FIVE_MINUTES, MINUTE], '5m'],
    ['is an hour as soon as one pause was of that length', [20 * MINUTE], '1h'],
    ['is an hour where pauses are of an hour at most', [HOUR, 6 * MINUTE], '1h'],
    ['is five minutes where pauses are longer than an hour', [2 * HOUR, 2 * HOUR, 2 * HOUR], '5m'],
    ['is an hour where a night follows a day of pauses', [20 * MINUTE, 20 * MINUTE, 12 * HOUR], '1h'],
    ['is five minutes where nights outnumber pauses', [20 * MINUTE, 12 * HOUR, 12 * HOUR], '5m'],
  ];
  for (const [name, pauses, last] of cases) it(name, () => expect(livesAfter(pauses).at(-1)).to.equal(last));

  it('is chosen for each prefix by its own pauses', () => {
    const life = prefixLives();
    life('a', 0);
    life('b', 20 * MINUTE);
    expect([life('a', 20 * MINUTE), life('b', 21 * MINUTE)]).to.deep.equal(['1h', '5m']);
  });

  it('is never shorter than that of a mark after it', () => {
    const ends = [{ message: 0, life: '1h' as const }];
    expect(withSystem({ ends, last: '5m' }, '5m').system).to.equal('1h');
    expect(withSystem({ ends: [], last: '1h' }, '5m').system).to.equal('1h');
    expect(withSystem({ ends: [], last: '5m' }, '5m').system).to.equal('5m');
    expect(withSystem({ ends: [], last: '5m' }, '1h').system).to.equal('1h');
  });
});
