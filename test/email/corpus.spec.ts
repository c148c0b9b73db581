// 200 forwards and replies of real mail programs through the whole inbox: each text has the right author, and none is lost.

import { expect } from 'chai';
import { corpus } from './corpus/corpus.ts';
import { aJudge } from './corpus/judge.ts';
import type { Judgement } from './corpus/judge-words.ts';

/** The numbers of remaining faults. They may only fall. */
const STILL = { missing: 0, lost: 0, unmarked: 0, residue: 0 };

describe('200 forwards and replies of 31 mail programs in 24 languages', () => {
  const judged: Judgement[] = [];

  before(async () => {
    const now = new Date('2026-11-29T10:00:00Z');
    const judge = await aJudge(now);
    for (const one of corpus(now)) judged.push(await judge(one));
  });

  const most = (of: 'missing' | 'lost' | 'unmarked' | 'residue') => {
    const wrong = judged.filter((one) => one[of].length > 0);
    const count = wrong.reduce((sum, one) => sum + one[of].length, 0);
    const shown = wrong.map((one) => `${one.name}\n    ${one[of].join('\n    ')}`).slice(0, 20);
    expect(count, `${wrong.length} mails:\n${shown.join('\n')}\n`).to.be.at.most(STILL[of]);
  };

  it(`of the mails below, with sender, date and subject, ${STILL.missing} pieces are missing`, () => most('missing'));
  it(`of the members' own words ${STILL.lost} sentences are lost`, () => most('lost'));
  it(`of strangers' words ${STILL.unmarked} sentences stand as the member's`, () => most('unmarked'));
  it(`of the lines of mail programs at most ${STILL.residue} are left among the member's words`, () => most('residue'));
});
