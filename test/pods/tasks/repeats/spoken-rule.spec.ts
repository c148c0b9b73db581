import { expect } from 'chai';
import { ruleWords } from '../../../../src/pods/tasks/repeats/rule.ts';
import { EVERY_EXAMPLES, spokenRule } from '../../../../src/pods/tasks/repeats/spoken-rule.ts';

/** A Monday. */
const TODAY = '2026-11-30';

describe('a repeat in words', () => {
  const read = (words: string) => {
    const found = spokenRule(words, TODAY);
    return found && ruleWords({ time: found.time ?? '09:00', timeZone: 'UTC', days: found.days });
  };

  for (const [words, told] of [
    ['every day', 'every day at 09:00 (UTC)'],
    ['daily at 7:30', 'every day at 07:30 (UTC)'],
    ['every weekday at 8am', 'every working day (Monday to Friday) at 08:00 (UTC)'],
    ['working day', 'every working day (Monday to Friday) at 09:00 (UTC)'],
    ['Every Monday', 'every Monday at 09:00 (UTC)'],
    ['on Fridays at 16:00', 'every Friday at 16:00 (UTC)'],
    ['Thu, Mon and wed.', 'every Monday, Wednesday and Thursday at 09:00 (UTC)'],
    ['week', 'every Monday at 09:00 (UTC)'],
    ['weekly on Friday', 'every Friday at 09:00 (UTC)'],
    ['every 2 weeks on Tuesday', 'every 2 weeks on Tuesday, counted from the week of Mon 30 Nov at 09:00 (UTC)'],
    ['every other Tuesday', 'every 2 weeks on Tuesday, counted from the week of Mon 30 Nov at 09:00 (UTC)'],
    ['every three weeks on monday', 'every 3 weeks on Monday, counted from the week of Mon 30 Nov at 09:00 (UTC)'],
    ['month on the 1st', 'on the 1st of every month at 09:00 (UTC)'],
    ['every month on 22', 'on the 22nd of every month at 09:00 (UTC)'],
    ['month on the 13th', 'on the 13th of every month at 09:00 (UTC)'],
    ['month', 'on the 30th of every month at 09:00 (UTC)'],
    ['monthly on the last day', 'on the last day of every month at 09:00 (UTC)'],
  ] as const)
    it(`reads “${words}”`, () => {
      expect(read(words)).to.equal(told);
    });

  for (const words of [
    ...['', 'now and then', 'every moon', 'every 0 weeks', 'every 40 weeks', 'month on the 32nd', 'mo', '3 months'],
    ...[
      'Monday and Fun',
      'month on the first Monday',
      'Monday at 25:00',
      'Monday at 13pm',
      'Monday at noonish',
      'every hour',
    ],
  ])
    it(`does not guess at “${words}”`, () => {
      expect(read(words)).to.equal(undefined);
    });

  it('reads each of the examples that a refusal gives', () => {
    for (const example of EVERY_EXAMPLES.split(/, (?!\d+$)/)) expect(read(example), example).to.be.a('string');
  });
});
