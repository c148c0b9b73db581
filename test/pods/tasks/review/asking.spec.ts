// When a review may be asked for, of whom, and which round it is. And how it stands afterwards.
import { expect } from 'chai';
import type { ParticipantId } from '../../../../src/log/participant.ts';
import { evolveReview } from '../../../../src/pods/tasks/review/evolve-review.ts';
import { asking } from '../../../../src/pods/tasks/review/request-review.ts';
import { type Review, type ReviewChange, ROUNDS } from '../../../../src/pods/tasks/review/review.ts';
import { pending, reviewState } from '../../../../src/pods/tasks/review/review-state.ts';
import { reviewWords } from '../../../../src/pods/tasks/review/review-words.ts';
import type { TaskDoc } from '../../../../src/pods/tasks/task.ts';

const [BEN, ZOE, DEV, QA] = ['person:ben', 'person:zoe', 'agent:dev', 'agent:qa'] as const;
const NAMES = new Map([BEN, ZOE, DEV, QA].map((id) => [id, { id, name: id.slice(id.indexOf(':') + 1), handle: '' }]));

const task = (review?: Partial<Review>, assignee: ParticipantId = DEV): TaskDoc =>
  ({
    ...{
      id: 't',
      pod: 'p',
      rev: 1,
      seq: 1,
      number: 5,
      titleRef: 'b_1',
      state: 'open',
      createdBy: 'person:ada',
      createdAt: 0,
    },
    ...{ assignee },
    ...(review
      ? { review: { reviewers: [BEN, QA], most: ROUNDS, round: 1, turn: 1, version: 'v1', verdicts: [], ...review } }
      : {}),
  }) as TaskDoc;
const approved = (who: ParticipantId) => ({ who, is: 'approved' as const });
const back = (who: ParticipantId) => ({ who, is: 'back' as const });
const open = { open: true } as const;

describe('how a review stands', () => {
  const table: [string, TaskDoc, string | undefined, string | undefined][] = [
    ['nobody reviews it', task(), undefined, undefined],
    ['whoever reviews it has it now', task({ reviewers: [DEV] }), undefined, undefined],
    ['nobody was asked', task({ round: 0 }), 'to_ask', 'to be reviewed by ben and qa'],
    ['both were asked', task(open), 'asked', 'in review by ben and qa, round 1 of 3'],
    [
      'one approved',
      task({ ...open, verdicts: [approved(QA)] }),
      'asked',
      'in review by ben, round 1 of 3; approved by qa',
    ],
    ['one sent it back', task({ ...open, verdicts: [back(QA)] }), 'back', 'sent back by qa, round 1 of 3'],
    ['both approved', task({ verdicts: [approved(QA), approved(BEN)] }), 'approved', 'approved by ben and qa'],
    [
      'the last round was sent back',
      task({ ...open, used: true, round: 3, verdicts: [back(QA)] }),
      'used',
      'sent back by qa in the last of 3 rounds: a person decides',
    ],
    ['all others approved, and one has it now', task({ verdicts: [approved(BEN)] }, QA), 'approved', 'approved by ben'],
  ];
  for (const [what, doc, stands, words] of table)
    it(`is ${stands ?? 'nothing'} where ${what}`, () => {
      expect(reviewState(doc)).to.equal(stands);
      expect(reviewWords(doc, NAMES)).to.equal(words);
    });

  it('says of a task that is over only that it was approved', () => {
    expect(reviewWords({ ...task(open), state: 'done' }, NAMES)).to.equal(undefined);
    const verdicts = [approved(BEN), approved(QA)];
    expect(reviewWords({ ...task({ verdicts }), state: 'done' }, NAMES)).to.equal('approved by ben and qa');
  });
});

describe('asking for a review', () => {
  const ask = (doc: TaskDoc, more: Partial<Parameters<typeof asking>[1]> = {}) => {
    const asked = asking(doc, { wanted: undefined, version: 'v1', by: DEV, ...more });
    return typeof asked === 'string'
      ? asked
      : [asked.ask.map((one) => one.split(':')[1]).join(' '), asked.round, asked.most];
  };
  const table: [string, unknown, unknown][] = [
    ['nobody is named', ask(task()), 'nobody'],
    ['somebody is named', ask(task(), { wanted: [BEN] }), ['ben', 1, 3]],
    ['whoever has it is named', ask(task(), { wanted: [DEV] }), 'own'],
    ['they were named at the creation', ask(task({ round: 0, turn: 0 })), ['ben qa', 1, 3]],
    ['they are asked already', ask(task(open)), 'same'],
    ['somebody is named too', ask(task(open), { wanted: [ZOE] }), ['zoe', 1, 3]],
    ['a person names others instead', ask(task(open), { wanted: [ZOE], by: BEN }), ['zoe', 1, 3]],
    ['a person names fewer', ask(task(open), { wanted: [BEN], by: BEN }), ['', 1, 3]],
    ['it was sent back and nothing changed', ask(task({ ...open, verdicts: [back(QA)] })), 'unchanged'],
    [
      'it was sent back and the change is elsewhere',
      ask(task({ ...open, verdicts: [back(QA), approved(BEN)] }), { note: 'The branch has it' }),
      ['qa', 2, 3],
    ],
    [
      'there is a new version',
      ask(task({ ...open, verdicts: [back(QA), approved(BEN)] }), { version: 'v2' }),
      ['ben qa', 2, 3],
    ],
    [
      'all approved that version',
      ask(task({ verdicts: [back(QA), approved(BEN)].map(({ who }) => approved(who)) })),
      'same',
    ],
    ['the rounds are used up', ask(task({ ...open, used: true, round: 3 }), { version: 'v2' }), 'used'],
    [
      'a person asks after that',
      ask(task({ ...open, used: true, round: 3 }), { version: 'v2', by: BEN }),
      ['ben qa', 4, 4],
    ],
  ];
  for (const [when, found, expected] of table)
    it(`comes to ${JSON.stringify(expected)} when ${when}`, () => {
      expect(found).to.deep.equal(expected);
    });
});

describe('the verdicts of a review', () => {
  const meta = (actor: ParticipantId) => ({ pod: 'p', actor, at: 0, seq: 2 });
  const asked = (version: string, ask: ParticipantId[]): ReviewChange => ({
    ...{ type: 'review_asked', reviewers: [BEN, QA], round: 1, most: 3, version, ask },
  });

  it('of one version count for it alone; asking again for the same one keeps what was approved', () => {
    const doc = task({ ...open, verdicts: [approved(BEN), back(QA)] });
    const same = evolveReview(doc, asked('v1', [QA]), meta(DEV)) as TaskDoc;
    expect(same.review?.verdicts).to.deep.equal([approved(BEN)]);
    const other = evolveReview(doc, asked('v2', [BEN, QA]), meta(DEV)) as TaskDoc;
    expect(pending(other)).to.deep.equal([BEN, QA]);
  });

  it('may be changed: who sent it back may approve it after all, also in the last round', () => {
    const doc = task({ ...open, used: true, round: 3, verdicts: [approved(BEN), back(QA)] });
    const after = evolveReview(doc, { type: 'review_given', is: 'approved' }, meta(QA)) as TaskDoc;
    expect(reviewState(after)).to.equal('approved');
    expect(after.review).not.to.have.any.keys('used', 'open');
  });
});
