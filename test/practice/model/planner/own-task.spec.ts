// A task that the stand-in is set to work on, by what its assignment says.
import { expect } from 'chai';
import type { Block } from '../../../../src/practice/model/wire.ts';
import { allTools, aRequest, aTask, converse, opening } from '../converse.ts';

const TOOLS = [...allTools, 'checkpoint', 'request_review', 'approve', 'send_back'];

function given(words: string, attributes: Record<string, string> = {}) {
  const all = { why: 'given', by: 'Ada Lindqvist', task: '#24', state: 'open', to: 'you', ...attributes };
  const said = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  const line: Block = {
    type: 'text',
    text: `<assignment id="m_1" at="2026-11-21 10:32" ${said.join(' ')}>${words}</assignment>`,
  };
  const tools = TOOLS.map((name) => ({ name, input_schema: { type: 'object' } }));
  const results = { start_task: { task: aTask() }, put_file: { file: { version: 1 } }, checkpoint: { passed: 'plan' } };
  const { messages } = aRequest({ messages: [{ role: 'user', content: [opening, line] }] });
  const { calls, answer } = converse('', results, { messages, tools });
  return {
    calls: calls.map(({ name, input }) => [name, input] as const),
    names: calls.map(({ name }) => name),
    answer,
  };
}

describe('a task of the stand-in model', () => {
  it('takes no order out of its text', () => {
    const { names } = given(
      'Bring through QA: pause a subscription\nSay how #23 can be tried. If it changes, reopen #23 with what it is.',
    );
    expect(names).to.include('start_task').and.not.include('reopen_task');
  });

  it('is begun as its title says', () => {
    expect(given('add a task for Ben to order boxes').names).to.deep.equal(['start_task', 'create_task']);
  });

  it('makes the file that its text names', () => {
    const { calls } = given(
      'Draft the slides: week 49\nMake the draft from what #13 collected. Reopen #13 if it is thin.\nIt makes the file “slides-2026-W49.md”.',
    );
    const put = calls.find(([name]) => name === 'put_file')?.[1] as { name?: string };
    expect(put.name).to.equal('slides-2026-W49.md');
    expect(calls.map(([name]) => name)).to.not.include('reopen_task');
  });

  it('stops at its checkpoint, and then asks its reviewers', () => {
    const { names, answer } = given('Build: pause a subscription', {
      ...{ review: 'to be reviewed by Ben Okafor', part_of: '#22' },
      wants: 'checkpoints “plan”: at each, call checkpoint with what you have',
    });
    expect(names.slice(-2)).to.deep.equal(['checkpoint', 'request_review']);
    expect(answer).to.include('I have asked for the review of #24.').and.not.include('#24 is done');
  });

  it('is done once it is a part without reviewers, and the whole goes on; any other is left to people', () => {
    expect(given('Find what we know about: rye', { part_of: '#22' }).calls.at(-1)?.[0]).to.equal('complete_task');
    const { names, answer } = given('Find what we know about rye');
    expect(names).to.not.include('complete_task');
    expect(answer).to.include('say “#24 is done” when that settles it');
  });

  it('is shown again with a note when it was sent back, and done when it is approved', () => {
    const back = given('Write the answer', { why: 'sent_back', review: 'sent back by Ben Okafor, round 1 of 3' });
    expect(back.calls.at(-1)).to.deep.equal([
      'request_review',
      { task: '#24', note: 'I have looked at what you said, and gone through it once more.' },
    ]);
    const good = given('Write the answer', { why: 'approved', review: 'approved by Ben Okafor', part_of: '#22' });
    expect(good.names).to.deep.equal(['complete_task']);
  });

  it('of somebody else is approved where it is asked to look, and once', () => {
    const words = 'Build\nYou review it: approve, or send_back with what is to be mended.';
    const asked = (review: string) => given(words, { why: 'review', to: 'Scribe', review }).names;
    expect(asked('in review by Pilot, round 1 of 3')).to.deep.equal(['approve']);
    expect(asked('approved by Pilot')).to.deep.equal([]);
  });
});
