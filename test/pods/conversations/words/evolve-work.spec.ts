// Tests how the list of agents at work changes, and that what earlier versions stored is still read.
import { expect } from 'chai';
import { CONVERSATIONS, type ConversationDoc } from '../../../../src/pods/conversations/conversation.ts';
import { type AtWork, isStopped } from '../../../../src/pods/conversations/words/at-work.ts';
import { evolveWork, workAfterMessage } from '../../../../src/pods/conversations/words/evolve-work.ts';

const SCRIBE = 'agent:scribe';
const stop = { type: 'run_stopped', agent: SCRIBE, holds: true } as const;
const open = { type: 'run_opened', agents: [SCRIBE] } as const;
const end = { type: 'run_ended', agent: SCRIBE } as const;
const opened = (list: AtWork[] | undefined, seq: number) =>
  evolveWork(list, { ...open, agents: [...open.agents] }, seq);
const said = (list: AtWork[], more: object, seq = 9) =>
  workAfterMessage(list, { by: 'person:ada', addressed: [SCRIBE], ...more }, seq);

describe('the agents at work in a conversation', () => {
  it('are stopped until a person calls them, and a run that ends after that is no stop', () => {
    const stopped = evolveWork(opened(undefined, 3), stop, 5);
    expect(stopped).to.deep.equal([{ agent: SCRIBE, stopped: 5, personOnly: true }]);
    expect(isStopped(said(stopped, { by: 'agent:pilot' }), SCRIBE)).to.equal(true);
    expect(isStopped(said(stopped, { addressed: ['agent:pilot'] }), SCRIBE)).to.equal(true);
    const called = said(stopped, {});
    expect(isStopped(called, SCRIBE)).to.equal(false);
    const over = evolveWork(opened(called, 9), end, 11);
    expect(over).to.deep.equal([{ agent: SCRIBE, stopped: 5 }]);
    expect(isStopped(over, SCRIBE)).to.equal(false);
  });

  it('are stopped by a word in the thread in the same way', () => {
    const stopped = said(opened(undefined, 3), { stops: true });
    expect(stopped).to.deep.equal([{ agent: SCRIBE, stopped: 9, personOnly: true }]);
  });

  it('leave nothing in the list when their run ends', () => {
    expect(evolveWork(opened(undefined, 3), end, 4)).to.deep.equal([]);
  });

  it('may be woken by anything after a stop in the log of an earlier version', () => {
    const stopped = evolveWork([], { type: 'run_stopped', agent: SCRIBE }, 5);
    expect(isStopped(stopped, SCRIBE)).to.equal(false);
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
