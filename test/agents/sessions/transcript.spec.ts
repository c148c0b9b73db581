// Reading a transcript: the next step of every kind of end, and what holds in all histories.
import { expect } from 'chai';
import fc from 'fast-check';
import { ModelRefusedRequest, ModelUnavailable } from '../../../src/agents/model/errors.ts';
import type { TurnDoc } from '../../../src/agents/sessions/session.ts';
import { contextLength, isSilence, nextStep, textOf, toolUses } from '../../../src/agents/sessions/transcript.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { anOffice, calls, type Line, says, USAGE } from '../office.ts';

const aTurn = (over: Partial<TurnDoc> = {}): TurnDoc => ({
  ...{ id: 's:1:1', rev: 1, session: 's', epoch: 1, n: 1, role: 'assistant', position: 1, run: 'w', at: 0 },
  content: JSON.stringify([{ type: 'text', text: 'Hello.' }]),
  ...over,
});

describe('a transcript', () => {
  it('says what comes next', () => {
    const uses = JSON.stringify([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 't', name: 'x', input: {} },
    ]);
    const kinds = [
      [[], 'news'],
      [[aTurn({ role: 'user' })], 'ask'],
      [[aTurn({ stopReason: 'end_turn' })], 'answer'],
      [[aTurn({ silent: true })], 'news'],
      [[aTurn({ content: uses, stopReason: 'tool_use' })], 'call'],
      [[aTurn({ content: uses, stopReason: 'max_tokens' })], 'call'],
      [[aTurn({ stopReason: 'pause_turn' })], 'resume'],
    ] as const;
    for (const [turns, kind] of kinds) expect(nextStep(turns).kind).to.equal(kind);
    expect(toolUses({ content: uses })).to.deep.equal([{ id: 't', name: 'x', input: {}, block: 1 }]);
    expect(textOf({ content: uses })).to.equal('I look.');
  });

  it('knows silence when it sees it', () => {
    for (const text of ['', ' ', '(silent)', '`(silent)`', '**(Silent)**.', '(silent)\n'])
      expect(isSilence(text), text).to.equal(true);
    for (const text of ['silent', 'I stay (silent)', 'ok']) expect(isSilence(text), text).to.equal(false);
  });

  it('is as long as the newest turn that says how long it was', () => {
    const turns = [
      aTurn({ usage: { ...USAGE, cacheRead: 1000, cacheWrite: 7 } }),
      aTurn({ run: 'other', usage: USAGE }),
      aTurn({ silent: true }),
      aTurn({ role: 'user' }),
    ];
    expect(contextLength(turns)).to.equal(15);
  });

  it('is whole and only ever grows, in whatever history of calls, faults, news and stops', async () => {
    const moment = fc.constantFrom(
      'calls',
      'cut',
      'bad',
      'away',
      'refused',
      'empty',
      'steered',
      'stopped',
      'says',
      'says',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 12 }), async (moments) => {
        const office = await anOffice();
        const { ada, ben } = office.world;
        const late: Delivery[] = [];
        const lines: Record<string, () => Line> = {
          calls: () => calls(['list_tasks'], ['create_task', { title: 'One' }]),
          cut: () => ({ ...calls(['create_task', { title: 'Ha' }]), stopReason: 'max_tokens' }),
          bad: () => calls(['nonsense'], ['create_task', { titel: 1 }], ['use_tool', {}]),
          away: () => new ModelUnavailable('stalled', 'Silence.'),
          refused: () => new ModelRefusedRequest('prefix_mismatch', 'No.'),
          empty: () => ({ content: '[]' }),
          steered: () => async () => {
            late.push(...(await office.says(ben, '@scribe and more')));
            return calls(['list_tasks']);
          },
          stopped: () => async () => {
            const halt = await office.says(ada, '@scribe stop');
            await office.carry(halt);
            return calls(['create_task', { title: 'Late' }]);
          },
          says: () => says('Here.'),
        };
        office.script.push(...moments.map((moment) => lines[moment]?.() ?? {}));
        late.push(...(await office.says(ada, '@scribe begin')));
        for (let wake = late.shift(); wake; wake = late.shift()) {
          const now = wake;
          const failed = await office.carry([now]).then(
            () => false,
            () => true,
          );
          if (failed) late.unshift(now);
        }
        // Each request was one the API takes (the office checks it); what stands at the end can be gone on with.
        office.script.length = 0;
        await office.hears(ada, '@scribe are you there?');
        const turns = await office.turns();
        expect(turns.map(({ n }) => n)).to.deep.equal(turns.map((_, n) => n + 1));
        for (const [n, turn] of turns.entries())
          for (const { id } of toolUses(turn)) expect(turns[n + 1]?.content).to.include(`"tool_use_id":"${id}"`);
        for (const [n, { messages }] of office.asked.entries()) {
          const next = office.asked[n + 1]?.messages ?? [];
          if (next.length >= messages.length) expect(next.slice(0, messages.length)).to.deep.equal(messages);
          else expect(next.length, 'a new epoch opens with one turn').to.be.at.most(1);
        }
        expect((await office.runs()).map(({ state }) => state)).not.to.include.members(['working', 'waiting']);
      }),
      { numRuns: 60 },
    );
  });
});
