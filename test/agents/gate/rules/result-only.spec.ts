import { expect } from 'chai';
import { INTERRUPTING, resultOnly } from '../../../../src/agents/gate/rules/result-only.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import { ALL_ACTIONS } from '../../../../src/pods/actions.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears: Ears = { conversation: 'c', upTo: 7, woken: 3 };
const asking = (name: string, over: object = {}, effect = 'write') => {
  const { request, ...call } = aCall({ definition: { name, effect } as Call['definition'] });
  return { ...call, request: { ...request, ears, ...over } } as unknown as Call;
};

describe('the rule “result only”', () => {
  for (const [of, asked] of [
    ['an act of nobody’s run, so Skein’s own questions are asked', asking('ask', { ears: undefined })],
    ['the agent’s own answer', asking('post_message', { answer: true })],
    ['what interrupts nobody', asking('put_file')],
    ['the question about its steps', asking('put_steps')],
    ['a task for nobody', asking('create_task')],
    ['an edit that names nobody', asking('edit_message', { input: { text: 'Hm.' } })],
    ['a question about what it may not do itself', asking('ask', { facts: { refused: () => true } })],
  ] as const)
    it(`does not concern ${of}, and reads nothing for it`, async () => {
      expect(await resultOnly.load(unread, asked)).to.equal(undefined);
    });

  it('refuses a question with what to do instead, and names who may be asked', () => {
    const verdict = resultOnly.judge({ does: 'ask', names: ['Ada'], instead: [] });
    expect(verdict).to.deep.include({ kind: 'refuse', left: true });
    expect(verdict?.why).to.equal(
      'Not asked: Ada wants only the result. Decide it yourself, go on, and list what you assumed with the result (assumptions of complete_task, or in your answer).',
    );
    expect(resultOnly.judge({ does: 'ask', names: ['Ada', 'Ben'], instead: ['Gil'] })?.why).to.match(
      /^Not asked: Ada and Ben want only .* Or ask Gil, who stays closer\.$/,
    );
  });

  it('refuses a post', () => {
    expect(resultOnly.judge({ does: 'post', names: ['Ada'], instead: [] })?.why).to.contain(
      'Not posted: Ada wants only',
    );
  });

  it('refuses a task for somebody, with what to do instead', () => {
    expect(resultOnly.judge({ does: 'give', names: ['Ada'], instead: [] })?.why).to.equal(
      'Not given: Ada wants only the result, and no task before it. Do it yourself, or say in your answer what is left for Ada.',
    );
  });

  it('refuses the end of a task that does not say what was assumed, and takes an empty list', () => {
    expect(resultOnly.judge({ does: 'finish', names: ['Ada'], task: 3, listed: false })?.why).to.contain(
      'result of #3',
    );
    expect(resultOnly.judge({ does: 'finish', names: ['Ada'], task: 3, listed: true })).to.equal(undefined);
  });

  it('knows its actions', () => {
    expect(INTERRUPTING.filter((name) => !ALL_ACTIONS.some((one) => one.name === name))).to.deep.equal([]);
  });
});
