// The run's document: each turn counts once, whatever is read again.
import { expect } from 'chai';
import { counting } from '../../../src/agents/runs/record.ts';
import type { TurnDoc } from '../../../src/agents/sessions/session.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import { USAGE } from '../office.ts';

const aRun = (over: Partial<RunDoc> = {}): RunDoc => ({
  ...{ id: 'w', rev: 1, pod: 'p', seq: 3, conversation: 'c', agent: 'agent:scribe', root: 'p:3', at: 0 },
  ...{ state: 'working', turns: 0, tokens: 0, cached: 0, steps: [] },
  ...over,
});
const aTurn = (n: number, over: Partial<TurnDoc> = {}): TurnDoc => ({
  ...{ id: `s:1:${n}`, rev: 1, session: 's', epoch: 1, n, role: 'assistant', content: '[]', position: 1 },
  ...{ run: 'w', at: n, usage: USAGE },
  ...over,
});
const asks = (...names: string[]) =>
  JSON.stringify(names.map((name, n) => ({ type: 'tool_use', id: `t${n}`, name, input: { secret: 'zqquux' } })));
const counted = (run: RunDoc, ...turns: TurnDoc[]) => counting(run, turns, (name) => name !== 'zqquux');

describe('the document of a run', () => {
  it('counts the answers of the model to this run alone', () => {
    const usage = { ...USAGE, cacheRead: 1000, cacheWrite: 7 };
    const turns = [aTurn(1, { role: 'user' }), aTurn(2, { usage }), aTurn(3, { run: 'x' }), aTurn(4, { silent: true })];
    expect(counted(aRun(), ...turns)).to.deep.include({
      turns: 1,
      tokens: 22,
      cached: 1000,
      counted: { epoch: 1, n: 2 },
    });
  });

  it('counts each once, over epochs, and stays the same where nothing is new', () => {
    const once = counted(aRun(), aTurn(2));
    expect(counted(once, aTurn(2))).to.equal(once);
    const twice = counted(once, aTurn(2), aTurn(4));
    expect(twice).to.include({ turns: 2, tokens: 30 });
    const afresh = counted(twice, aTurn(2, { epoch: 2 }));
    expect(afresh).to.deep.include({ turns: 3, tokens: 45, counted: { epoch: 2, n: 2 } });
    expect(counted(afresh, aTurn(2), aTurn(4))).to.equal(afresh);
  });

  it('keeps the newest steps, each with the tools that it asked for, and no words', () => {
    const content = asks('search_pod', 'list_tasks', 'search_pod', 'zqquux');
    const one = counted(aRun(), aTurn(2, { content }));
    expect(one.steps).to.deep.equal([{ n: 1, at: 2, tools: ['search_pod', 'list_tasks', '?'], tokens: 15 }]);
    expect(JSON.stringify(one)).not.to.include('zqquux');
    const many = counted(one, ...Array.from({ length: 40 }, (_, i) => aTurn(2 * i + 4)));
    expect(many.steps.map(({ n }) => n)).to.deep.equal(Array.from({ length: 12 }, (_, i) => 30 + i));
    expect(many.turns).to.equal(41);
  });

  it('is at work again with each new turn, however it ended before', () => {
    expect(counted(aRun({ ending: { as: 'failed', why: 'refused' } }), aTurn(2))).not.to.have.property('ending');
  });
});
