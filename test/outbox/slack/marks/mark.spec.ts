// What mark a message gets, from the runs that have it.
import { expect } from 'chai';
import { isWorthPlacing, type MarkedRun, markFor, stateOf } from '../../../../src/outbox/slack/marks/mark.ts';
import { merged } from '../../../../src/outbox/slack/marks/mark-record.ts';

describe('the state of a message', () => {
  const ended = (ending: NonNullable<MarkedRun>['ending']): MarkedRun => ({
    state: 'ended',
    ...(ending ? { ending } : {}),
  });
  const ROWS: [MarkedRun, called: boolean, string][] = [
    [{ state: 'working' }, true, 'working'],
    [{ state: 'waiting', waits: { for: 'model', until: 9 } }, true, 'working'],
    [{ state: 'waiting', waits: { for: 'questions', questions: ['q_1'] } }, true, 'asking'],
    [ended({ as: 'answered' }), true, 'answered'],
    [ended({ as: 'stopped', by: 3 }), true, 'stopped'],
    [ended({ as: 'paused', budget: 'day' }), true, 'stopped'],
    [ended({ as: 'failed', why: 'gave_up' }), true, 'failed'],
    [undefined, true, 'failed'],
    [ended({ as: 'silent' }), true, 'silent'],
    [ended({ as: 'silent' }), false, 'unseen'],
  ];
  for (const [run, called, state] of ROWS)
    it(`is “${state}” for ${JSON.stringify(run ?? 'no run')}${called ? '' : ', not called by name'}`, () =>
      expect(stateOf(run, called)).to.equal(state));

  it('that goes on gets no emoji while more than ten wait to be taken away; one that asks or is over does', () => {
    for (const name of ['eyes', 'hourglass_flowing_sand']) {
      expect(isWorthPlacing(name, 10)).to.equal(true);
      expect(isWorthPlacing(name, 11)).to.equal(false);
    }
    for (const name of ['question', 'white_check_mark', 'warning', 'octagonal_sign', 'no_mouth'])
      expect(isWorthPlacing(name, 500)).to.equal(true);
  });

  it('of several agents is the one that a person has to know first', () => {
    expect(markFor(['answered', 'asking', 'working'])).to.equal('question');
    expect(markFor(['answered', 'working', 'failed'])).to.equal('eyes');
    expect(markFor(['answered', 'failed'])).to.equal('warning');
    expect(markFor(['silent', 'answered'])).to.equal('white_check_mark');
    expect(markFor(['unseen', 'silent'])).to.equal('no_mouth');
    expect(markFor(['unseen'])).to.equal(undefined);
  });
});

describe('the record of a mark', () => {
  const of = { id: 'p_1:3:0', message: 'm_1', agents: ['agent:scribe' as const] };
  const now = { at: 1, failed: new Set<string>() };
  const first = merged(undefined, { ...of, called: of.agents }, now);

  it('begins with the message that woke an agent, and not with a run that has heard one', () => {
    expect(first).to.deep.include({ id: 'm_1', begun: [], agents: [{ agent: 'agent:scribe', called: true }] });
    expect(merged(undefined, { ...of, run: 'r_1' }, now)).to.equal(undefined);
  });

  it('keeps the run that has the message, unless that run failed or another one takes it in', () => {
    const taken = merged(first, { ...of, run: 'r_1' }, now);
    expect(taken?.agents).to.deep.equal([{ agent: 'agent:scribe', called: true, run: 'r_1' }]);
    expect(merged(taken, { ...of, run: 'r_2', weak: true }, now)?.agents[0]?.run).to.equal('r_1');
    const failed = { at: 1, failed: new Set(['r_1']) };
    expect(merged(taken, { ...of, run: 'r_2', weak: true }, failed)?.agents[0]?.run).to.equal('r_2');
    expect(merged(taken, { ...of, run: 'r_2' }, now)?.agents[0]?.run).to.equal('r_2');
    expect(merged(taken, of, now)).to.equal(taken);
  });

  it('takes in whom an edit calls, once, and keeps the runs of the others', () => {
    const taken = merged(first, { ...of, run: 'r_1' }, now);
    const edit = { ...of, id: 'p_1:12:1', agents: ['agent:pilot' as const] };
    const called = merged(taken, { ...edit, called: edit.agents }, now);
    expect(called?.agents).to.deep.equal([
      { agent: 'agent:scribe', called: true, run: 'r_1' },
      { agent: 'agent:pilot', called: true },
    ]);
    const both = merged(called, { ...edit, run: 'r_2' }, now);
    expect(merged(both, edit, now)).to.equal(both);
    expect(merged(both, of, now)).to.equal(both);
  });

  it('knows each agent apart', () => {
    const both = merged(undefined, { ...of, agents: ['agent:scribe', 'agent:pilot'] }, now);
    const taken = merged(both, { ...of, run: 'r_1' }, now);
    expect(taken?.agents).to.deep.equal([{ agent: 'agent:scribe', run: 'r_1' }, { agent: 'agent:pilot' }]);
  });
});
