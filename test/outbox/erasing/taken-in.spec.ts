import { expect } from 'chai';
import { withoutTexts } from '../../../src/agents/sessions/past-epochs.ts';
import type { SessionDoc, TurnDoc } from '../../../src/agents/sessions/session.ts';
import { isOf, naming, sharesWords, takenIn } from '../../../src/outbox/erasing/taken-in.ts';

describe('the runs that took an erased text in', () => {
  const session = (epoch = 1) =>
    ({ id: 's', pod: 'p', conversation: 'c', agent: 'agent:scribe', epoch }) as unknown as SessionDoc;
  const turn = (n: number, run: string, position: number, more: Partial<TurnDoc> = {}) =>
    ({ n, run, position, role: 'user', ...more }) as TurnDoc;
  const text = (more = {}) => ({
    delivery: { pod: 'p', posted: 5 },
    from: { on: 'messages', id: 'm', conversation: 'c' },
    woken: [] as string[],
    repeats: [] as TurnDoc[],
    ...more,
  });

  it('are that of the first turn after it in its conversation, and no later one', () => {
    const turns = [turn(1, 'a', 3), turn(2, 'a', 3), turn(3, 'b', 7), turn(4, 'b', 7), turn(5, 'd', 9)];
    expect(takenIn(session(), turns, text())).to.deep.equal({ epoch: 1, runs: [{ run: 'b', from: 3, to: 4 }] });
  });

  it('are that which it woke, from its turn on, also where its epoch is over', () => {
    expect(takenIn(session(), [turn(1, 'w', 5)], text({ woken: ['w'] })).runs).to.deep.equal([{ run: 'w', from: 1 }]);
    const again = [turn(1, 'x', 9), turn(2, 'x', 9)];
    expect(takenIn(session(2), again, text({ woken: ['w'] })).runs, 'read anew').to.deep.equal([{ run: 'w' }]);
  });

  it('are those that list or repeat it in another conversation', () => {
    const from = { on: 'messages', id: 'm', conversation: 'elsewhere' };
    const [read, more] = [turn(1, 'a', 9), turn(2, 'a', 9)];
    expect(takenIn(session(), [read, more], text({ from })).runs).to.deep.equal([]);
    expect(takenIn(session(), [read, more], text({ from, repeats: [more] })).runs).to.deep.equal([
      { run: 'a', from: 2 },
    ]);
    const took = turn(3, 'b', 9, { took: ['m'] });
    expect(takenIn(session(), [read, took], text({ from })).runs).to.deep.equal([{ run: 'b', from: 3 }]);
  });

  it('are known by turns without their texts, too', () => {
    const id = 'm_abcdefghijklmnopqrst';
    const shown = [
      turn(1, 'a', 3, { content: '"Good morning"' }),
      turn(2, 'a', 3, { role: 'assistant', content: `"${id}"` }),
      turn(3, 'a', 3, { content: `{"id":"${id}","text":"Ceylon"}` }),
      turn(4, 'a', 3, { role: 'assistant', content: '"So"' }),
      turn(5, 'b', 7, { content: `"${id}"`, took: ['m_1'] }),
    ];
    const past = withoutTexts(shown);
    expect(past).to.deep.equal([
      { n: 1, run: 'a', position: 3 },
      { n: 3, run: 'a', position: 3, named: [id] },
      { n: 4, run: 'a', position: 3 },
      { n: 5, run: 'b', position: 7, took: ['m_1'] },
    ]);
    expect(naming(past, id).map(({ n }) => n)).to.deep.equal([3]);
    expect(takenIn(session(), past, text()), 'as with them').to.deep.equal(takenIn(session(), shown, text()));
    const from = { on: 'messages', id, conversation: 'elsewhere' };
    expect(takenIn(session(), past, text({ from, repeats: naming(past, id) })).runs).to.deep.equal([
      { run: 'a', from: 3, to: 4 },
    ]);
  });

  it('made the calls from that turn to their last', () => {
    const took = { epoch: 2, runs: [{ run: 'a', from: 3, to: 6 }, { run: 'b' }] };
    const made = ['s:2:3:0', 's:2:6:1', 's:2:2:0', 's:2:7:0', 's:1:4:0', 't:2:4:0', undefined];
    expect(made.map((key) => isOf(took, 's', key))).to.deep.equal([true, true, false, false, false, false, false]);
    expect(isOf(undefined, 's', 's:2:3:0')).to.equal(false);
  });

  for (const [said, shares] of [
    ['The supplier sits at the harbour.', true],
    ['Pay invoice 4711 to the supplier.', true],
    ['The supplier is late.', false],
    ['supplier supplier', false],
    ['Who has the key?', false],
  ] as const)
    it(`${shares ? 'share' : 'do not share'} words with “${said}”`, () => {
      expect(sharesWords(['The supplier, Harbour Street, invoice 4711'], said)).to.equal(shares);
    });
});
