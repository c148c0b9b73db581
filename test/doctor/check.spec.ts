import { expect } from 'chai';
import { type Check, type Finding, findingOf, ok, runCheck } from '../../src/doctor/check.ts';
import { lineOf, reportOf, sumOf } from '../../src/doctor/report.ts';
import { Conflict, InvalidInput, Retryable } from '../../src/errors.ts';

const aCheck = (run: Check['run'], over: Partial<Check> = {}): Check => ({
  part: 'Mill',
  cure: 'Look at it.',
  run,
  ...over,
});
const clean = (text: string) => text.replaceAll('hunter2', '[secret]');
const ran = async (check: Check) => {
  let time = 0;
  return runCheck({ now: () => (time += 5), clean }, check);
};

describe('a check', () => {
  it('tells what was found, for which part, and how long it took', async () => {
    expect(await ran(aCheck(async () => ok('It grinds.')))).to.deep.equal([
      { kind: 'ok', part: 'Mill', says: 'It grinds.', ms: 5 },
    ]);
    const two: Finding[] = [
      ok('It grinds.'),
      { kind: 'warning', part: 'Flour', says: 'Little is left.', cure: 'Buy some.' },
    ];
    expect((await ran(aCheck(async () => two))).map(({ part }) => part)).to.deep.equal(['Mill', 'Flour']);
  });

  it('is a fault when it throws, at once or later, and takes no other with it', async () => {
    const thrown = () => {
      throw new Conflict('The mill stands still. Start it.');
    };
    for (const run of [thrown, async () => thrown()])
      expect(await ran(aCheck(run))).to.deep.equal([
        { kind: 'fault', part: 'Mill', says: 'The mill stands still.', cure: 'Start it.', ms: 5 },
      ]);
  });

  it('ends when its time is over, and lets go of what it opened', async () => {
    let left = false;
    const never = (signal: AbortSignal) =>
      new Promise<Finding>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          left = true;
          reject(new Retryable('It was stopped.'));
        });
      });
    const [found] = await ran(aCheck(never, { within: 20 }));
    expect(found).to.deep.include({
      kind: 'fault',
      says: 'There was no answer within 0.02 seconds.',
      cure: 'Look at it.',
    });
    expect(left).to.equal(true);
  });

  it('holds no secret in what it tells, nor in the cure', async () => {
    const [found] = await ran(aCheck(() => Promise.reject(new InvalidInput('No “hunter2” here. Change “hunter2”.'))));
    expect(found).to.deep.include({ says: 'No “[secret]” here.', cure: 'Change “[secret]”.' });
  });

  const cases: [error: unknown, says: string, cure: string][] = [
    [new InvalidInput('A is wrong. Mend it. Then start.'), 'A is wrong.', 'Mend it. Then start.'],
    [
      new Retryable('It ended: connect ECONNREFUSED 127.0.0.1:1'),
      'It ended: connect ECONNREFUSED 127.0.0.1:1',
      'Default.',
    ],
    [
      new InvalidInput('B (10.0.0.1. no dot) failed. “skein start” helps.'),
      'B (10.0.0.1. no dot) failed.',
      '“skein start” helps.',
    ],
    [new Error('x is not a function'), 'It failed in a way that Skein does not know: x is not a function', 'Default.'],
    ['thrown text', 'It failed in a way that Skein does not know: thrown text', 'Default.'],
  ];
  for (const [error, says, cure] of cases)
    it(`parts ${String(error)} into what is so and what to do`, () => {
      expect(findingOf(error, 'Default.')).to.deep.equal({ kind: 'fault', says, cure });
    });
});

describe('the report', () => {
  const good = { kind: 'ok' as const, part: 'Node', says: '20.20.2', ms: 0 };
  const bad = {
    kind: 'fault' as const,
    part: 'Slack scopes',
    says: 'Two\nare missing.',
    cure: 'a: why\nAdd them.',
    ms: 3,
  };
  const soso = { kind: 'warning' as const, part: 'Server', says: 'It does not run.', cure: 'Start it.', ms: 1 };

  it('has a line for each check, and the cure under it', () => {
    expect(lineOf(good)).to.equal('✓ Node            20.20.2');
    expect(lineOf(bad)).to.equal(
      '✗ Slack scopes    Two are missing.\n                  a: why\n                  Add them.',
    );
    expect(lineOf(soso)).to.match(/^! Server {10}It does not run\.\n +Start it\.$/);
  });

  it('counts what is to be mended', () => {
    expect(reportOf('1.2.3', [good, bad, soso])).to.deep.equal({
      version: '1.2.3',
      ok: false,
      faults: 1,
      warnings: 1,
      checks: [good, bad, soso],
    });
    expect(reportOf('1.2.3', [good, soso]).ok).to.equal(true);
    expect(sumOf({ faults: 0, warnings: 0 })).to.equal('Everything works.');
    expect(sumOf({ faults: 2, warnings: 1 })).to.equal('2 faults, 1 warning. What to do stands under each.');
  });
});
