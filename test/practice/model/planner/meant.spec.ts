import { expect } from 'chai';
import { type Heard, meantFor } from '../../../../src/practice/model/planner/meant.ts';
import { plan } from '../../../../src/practice/model/planner/plan.ts';
import type { Block } from '../../../../src/practice/model/wire.ts';
import { aRequest, converse, message } from '../converse.ts';

const context = (more = ''): Block => ({
  type: 'text',
  text: `<context pod="Launch" today="2026-11-21"><member name="Ben Okafor" role="member"/><member name="Scout" handle="scout" role="agent"/><member name="Scribe" handle="scribe" role="you"/>${more}</context>`,
});

describe('what is meant for the agent', () => {
  const self = { name: 'Scribe', handle: 'scribe' };
  const meant = (...heard: [from: string, text: string, opening?: boolean][]) =>
    meantFor(
      self,
      ['Scout', 'Scribe'],
      heard.map(([from, text, opening = true]): Heard => ({ from, text, opening })),
    ).map(({ text }) => text);

  it('is what calls it, whoever spoke before', () => {
    expect(
      meant(
        ['Ben Okafor', '#1 is done on my side, I will tell the boss'],
        ['Chiara Rossi', 'we decided to use green for the box'],
        ['Dev Patel', '@scribe what is the due date of the box?'],
      ),
    ).to.deep.equal(['@scribe what is the due date of the box?']);
  });

  it('is the newest word of a person where nobody calls it by name', () => {
    expect(meant(['Ada', 'hello all'], ['Ben', 'what is open?'], ['Scout', 'The open tasks: #1'])).to.deep.equal([
      'what is open?',
    ]);
  });

  it('is nothing that it has answered already', () => {
    expect(
      meant(['Ada', '@scribe add a task'], ['Scribe', 'Added #1.'], ['Ada', '@scribe and what is open?']),
    ).to.deep.equal(['@scribe and what is open?']);
  });

  it('is no word of another agent, unless that calls it', () => {
    expect(meant(['Scout', '#1 is done', false], ['Scout', '@scribe please sum up', false])).to.deep.equal([
      '@scribe please sum up',
    ]);
  });

  it('is no word of Skein on what was done, unless that names it', () => {
    const told = 'Ben Okafor marked #7 done, by mail.';
    expect(meant(['Skein', told, false], ['Ben Okafor', 'And tell the driver.', false])).to.deep.equal([
      'And tell the driver.',
    ]);
    expect(meant(['Skein', 'Ben Okafor assigned #7 to @scribe, by mail.', false])).to.have.length(1);
  });

  it('is all that comes later, but for what is said to others or quoted', () => {
    expect(
      meant(
        ['Ada', 'and add a task for Ben', false],
        ['Ben', '@chiara can you do #2?', false],
        ['Ben', 'hey @scout what do you think?', false],
        ['Scout', 'she wrote “@scribe stop”', false],
      ),
    ).to.deep.equal(['and add a task for Ben']);
  });

  it('is everything where nobody is named: a server that is tried by hand', () => {
    const heard: Heard[] = [{ text: '@scout hello', opening: true }];
    expect(meantFor(undefined, [], heard)).to.deep.equal(heard);
  });
});

describe('the planner in a thread', () => {
  it('does what it is asked, not what others told one another before', () => {
    const content = [
      context(),
      message('#1 is done on my side', 'Ben Okafor'),
      message('- #2 Order boxes (open, Ben Okafor)\n- #3 Call the mill', 'Scout'),
      message('@scribe what do we know about the price?', 'Dev Patel'),
    ];
    const made = plan(aRequest({ messages: [{ role: 'user', content }] }));
    expect(made.content.map((block) => (block.type === 'tool_use' ? block.name : ''))).to.deep.equal(['search_pod']);
  });
});

describe('the planner in a direct message', () => {
  const direct = { type: 'text', text: String(context().text).replace('>', ' direct="true">') };
  const pods = [
    { id: 'p_dm', name: 'Ada', direct: true },
    { id: 'p_1', name: 'launch' },
    { id: 'p_2', name: 'hall' },
  ];
  const ask = (text: string, tools: Record<string, unknown>) =>
    converse(
      text,
      { list_pods: { pods }, ...tools },
      {
        messages: [{ role: 'user', content: [direct, message(text)] }],
      },
    );

  it('looks things up in all pods, or in the one that is named', () => {
    const search_pod = { found: [{ kind: 'decision', id: 'n', text: 'The price is 9.50.' }] };
    const all = ask('what do we know about the price?', { search_pod });
    expect(all.calls.slice(1).map(({ input }) => input)).to.deep.equal([
      { pod: 'p_1', query: 'price', limit: 20 },
      { pod: 'p_2', query: 'price', limit: 20 },
    ]);
    expect(all.answer).to.contain('- launch: “The price is 9.50.”').and.to.contain('- hall: ');
    const one = ask('what do we know about the price in launch?', { search_pod });
    expect(one.calls.slice(1).map(({ input }) => input)).to.deep.equal([{ pod: 'p_1', query: 'price', limit: 20 }]);
    expect(ask('what do we know about boats?', { search_pod: { found: [] } }).answer).to.contain('in your pods');
  });

  it('sums up pods, and the conversation itself when asked for that', () => {
    const pod_history = { history: [{ at: '2026-11-20', text: 'Ben completed #1' }] };
    const { calls, answer } = ask('sum up launch', { pod_history });
    expect(calls.slice(1)).to.deep.equal([{ name: 'pod_history', input: { pod: 'p_1' } }]);
    expect(answer).to.contain('What happened in launch:\n- 20 Nov: Ben completed #1');
    expect(ask('sum up this thread', {}).calls.map(({ name }) => name)).to.deep.equal(['read_conversation']);
  });
});
