// Tests how the list of agents at work changes, and that what earlier versions stored is still read.
import { expect } from 'chai';
import type { PersonId } from '../../../../src/log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../../src/pods/conversations/conversation.ts';
import { type AtWork, isStopped } from '../../../../src/pods/conversations/words/at-work.ts';
import { evolveWork, type WorkChange, workAfterMessage } from '../../../../src/pods/conversations/words/evolve-work.ts';
import { withheldIn } from '../../../../src/pods/conversations/words/withheld.ts';

const SCRIBE = 'agent:scribe';
const stop = { type: 'run_stopped', agent: SCRIBE, holds: true } as const;
const open = { type: 'run_opened', agents: [SCRIBE] } as const;
const end = { type: 'run_ended', agent: SCRIBE } as const;
/** Ada did it, at a second for each number. */
const evolve = (list: AtWork[] | undefined, change: WorkChange, seq: number, actor: PersonId = 'person:ada') =>
  evolveWork(list, change, { pod: 'p', seq, at: seq * 1000, actor });
const opened = (list: AtWork[] | undefined, seq: number) => evolve(list, { ...open, agents: [...open.agents] }, seq);
const said = (list: AtWork[], more: object, seq = 9) =>
  workAfterMessage(list, { by: 'person:ada', addressed: [SCRIBE], ...more }, seq);

describe('the agents at work in a conversation', () => {
  it('are stopped until a person calls them, and a run that ends after that is no stop', () => {
    const stopped = evolve(opened(undefined, 3), stop, 5);
    expect(stopped).to.deep.equal([{ agent: SCRIBE, stopped: 5, personOnly: true }]);
    expect(isStopped(said(stopped, { by: 'agent:pilot' }), SCRIBE)).to.equal(true);
    expect(isStopped(said(stopped, { addressed: ['agent:pilot'] }), SCRIBE)).to.equal(true);
    const called = said(stopped, {});
    expect(isStopped(called, SCRIBE)).to.equal(false);
    const over = evolve(opened(called, 9), end, 11);
    expect(over).to.deep.equal([{ agent: SCRIBE, stopped: 5, ended: 11 }]);
    expect(isStopped(over, SCRIBE)).to.equal(false);
  });

  it('are stopped by a word in the thread in the same way', () => {
    const stopped = said(opened(undefined, 3), { stops: true });
    expect(stopped).to.deep.equal([{ agent: SCRIBE, stopped: 9, personOnly: true }]);
  });

  it('leave only its end in the list when their run ends, also once the next one is open', () => {
    const over = evolve(opened(undefined, 3), end, 4);
    expect(over).to.deep.equal([{ agent: SCRIBE, ended: 4 }]);
    expect(opened(over, 6)).to.deep.equal([{ agent: SCRIBE, ended: 4, since: 6, word: 6, meant: 6 }]);
  });

  it('have words also after their run is over, for a process may still be at work on it', () => {
    const over = evolve(opened(undefined, 3), end, 4);
    expect(said(over, { addressed: [] })).to.deep.equal([{ agent: SCRIBE, ended: 4, word: 9 }]);
    expect(said(over, {})).to.deep.equal([{ agent: SCRIBE, ended: 4, word: 9, meant: 9 }]);
    expect(said(over, { addressed: ['agent:pilot'], names: true })).to.deep.equal(over);
    expect(opened(said(over, {}), 12)).to.deep.equal([{ agent: SCRIBE, ended: 4, since: 12, word: 12, meant: 12 }]);
  });

  it('may be woken by anything after a stop in the log of an earlier version', () => {
    const stopped = evolve([], { type: 'run_stopped', agent: SCRIBE }, 5);
    expect(isStopped(stopped, SCRIBE)).to.equal(false);
  });

  it('wait for each person who has paused them, and go on with the last', () => {
    const by = (list: AtWork[] | undefined, type: 'run_paused' | 'run_resumed', who: PersonId, seq: number) =>
      evolve(list, { type, agent: SCRIBE, line: `m${seq}` }, seq, who);
    const one = by(opened(undefined, 3), 'run_paused', 'person:ada', 5);
    const two = by(by(one, 'run_paused', 'person:ben', 6), 'run_paused', 'person:ada', 7);
    expect(withheldIn(two, SCRIBE)).to.deep.equal({
      ...{ how: 'paused', by: ['person:ben', 'person:ada'], since: 6000, first: 6, seq: 7 },
    });
    const left = by(two, 'run_resumed', 'person:ada', 8);
    expect(withheldIn(left, SCRIBE)).to.deep.include({ by: ['person:ben'] });
    // Whoever has lifted theirs is still known, for they hear that it goes on.
    expect(left[0]?.pauses?.map((pause) => pause.by)).to.deep.equal(['person:ben', 'person:ada']);
    const free = by(left, 'run_resumed', 'person:ben', 9);
    expect(free).to.deep.equal([{ agent: SCRIBE, since: 3, word: 3, meant: 3 }]);
    // An owner lifts them all.
    const lifted = evolve(two, { type: 'run_resumed', agent: SCRIBE, all: true, line: 'm' }, 9, 'person:cleo');
    expect(withheldIn(lifted, SCRIBE)).to.equal(undefined);
  });

  it('wait while a person has their work, hear of it first when it comes back, and are still paused then', () => {
    const taken = evolve(opened(undefined, 3), { type: 'work_taken', agent: SCRIBE, line: 'm' }, 5);
    expect(withheldIn(taken, SCRIBE)).to.deep.equal({
      how: 'taken',
      by: ['person:ada'],
      since: 5000,
      first: 5,
      seq: 5,
    });
    const paused = evolve(taken, { type: 'run_paused', agent: SCRIBE, line: 'm2' }, 6, 'person:ben');
    const back = evolve(paused, { type: 'work_handed_back', agent: SCRIBE }, 8);
    expect(back[0]).to.deep.include({ since: 3, word: 8, meant: 8, line: 'm2' });
    expect(withheldIn(back, SCRIBE)).to.deep.include({ how: 'paused', by: ['person:ben'] });
  });

  it('are in the list while they are paused, also if their run waits for an answer and is in none', () => {
    const paused = evolve(undefined, { type: 'run_paused', agent: SCRIBE, line: 'm' }, 5);
    expect(withheldIn(paused, SCRIBE)).to.deep.include({ how: 'paused' });
    expect(evolve(paused, { type: 'run_resumed', agent: SCRIBE, line: 'm' }, 6)).to.deep.equal([]);
  });

  it('lose every pause by a stop', () => {
    const paused = evolve(opened(undefined, 3), { type: 'run_paused', agent: SCRIBE, line: 'm' }, 5);
    expect(withheldIn(evolve(paused, stop, 6), SCRIBE)).to.equal(undefined);
  });

  it('are read from a document that listed the stopped ones beside them', () => {
    const stored = { id: 'c', startedBy: 'person:ada', atWork: [{ agent: SCRIBE, stopped: 5 }] };
    const read = (more: object) =>
      CONVERSATIONS.upcast?.({ ...stored, ...more } as unknown as ConversationDoc) as ConversationDoc & {
        stopped?: unknown;
      };
    const old = read({ stopped: [SCRIBE, 'agent:pilot'] });
    expect(old.stopped).to.equal(undefined);
    expect(old.atWork).to.deep.equal([
      { agent: SCRIBE, stopped: 5, personOnly: true },
      { agent: 'agent:pilot', personOnly: true },
    ]);
    // Called again since: the list of stopped agents was empty, and absent.
    expect(isStopped(read({}).atWork, SCRIBE)).to.equal(false);
    expect(read({ atWork: undefined, stopped: ['agent:pilot'] }).atWork).to.deep.equal([
      { agent: 'agent:pilot', personOnly: true },
    ]);
  });
});
