import { expect } from 'chai';
import { allTools, aRequest, aTask, converse } from '../converse.ts';

const pod = {
  list_files: { files: [{ id: 'f', name: 'old.md', version: 3 }] },
  search_pod: { found: [{ kind: 'decision', id: 'n_7', text: 'Print in blue', from: 'Ada', at: '2026-11-20' }] },
  read_conversation: {
    conversation: { id: 'c_1' },
    messages: [
      { id: 'm_1', from: 'Ben', at: '', text: 'The launch is on Friday' },
      { id: 'm_2', from: 'Ada', at: '', text: 'I like cats' },
    ],
  },
  list_tasks: { tasks: [aTask(), aTask({ number: 5, title: 'Tape', state: 'done' })] },
  put_file: { file: { id: 'f', name: 'x', version: 1 } },
};
const put = (talked: ReturnType<typeof converse>) =>
  talked.calls.find(({ name }) => name === 'put_file')?.input as { name: string; text: string; base?: number };

describe('a file written by the stand-in model', () => {
  it('is made of what the pod holds, with its sources named', () => {
    const talked = converse('write a brief called launch-brief.md about the launch', pod);
    expect(talked.calls.map(({ name }) => name)).to.deep.equal([
      'list_files',
      'search_pod',
      'read_conversation',
      'list_tasks',
      'put_file',
    ]);
    expect(talked.calls[1]?.input).to.deep.equal({ query: 'launch', limit: 10 });
    expect(put(talked)).to.deep.equal({
      name: 'launch-brief.md',
      text: [
        '# Launch\n\n## Tasks\n\n- #4 Order boxes (open, Ben Okafor)\n- #5 Tape (done, Ben Okafor)\n',
        '## What the pod knows\n\n- “Print in blue” (decision, Ada, 20 Nov)\n',
        '## What was said\n\n- Ben: “The launch is on Friday”\n',
        '## Sources\n\n- search for "launch": decision n_7\n- this conversation: m_1\n- tasks: #4, #5\n',
      ].join('\n'),
    });
    expect(talked.answer).to.contain(
      'Wrote launch-brief.md (version 1) from 1 entry, 2 messages, 2 tasks of this pod.',
    );
  });

  it('has boxes to tick when it is a checklist', () => {
    const { name, text } = put(converse('Please create a checklist about the launch', pod));
    expect(name).to.equal('launch-checklist.md');
    expect(text).to.contain('- [ ] #4 Order boxes').and.contain('- [x] #5 Tape');
  });

  it('names the version it replaces', () => {
    const over = converse('write a summary to old.md about cats', pod);
    expect(put(over)).to.include({ name: 'old.md', base: 3 });
    expect(over.calls.map(({ name }) => name).slice(-2)).to.deep.equal(['read_file', 'put_file']);
  });

  it('holds exactly the text it was given', () => {
    const talked = converse('create a file called hello.md with the text: Hello, world', pod);
    expect(talked.calls.map(({ name }) => name)).to.deep.equal(['list_files', 'put_file']);
    expect(put(talked)).to.deep.equal({ name: 'hello.md', text: 'Hello, world' });
  });

  it('follows a skill of the catalogue that fits', () => {
    const talked = converse(
      'write a launch checklist for the stand',
      {
        ...pod,
        load_skill: { name: 'launch-checklist', instructions: 'Do this:\n- Ask for the date\n- Name the owner\n' },
      },
      { system: '<skill><name>launch-checklist</name><description>How we check a launch.</description></skill>' },
    );
    expect(talked.calls).to.deep.include({
      name: 'use_tool',
      input: { tool: 'load_skill', input: { name: 'launch-checklist' } },
    });
    expect(put(talked).text)
      .to.contain('- [ ] Ask for the date\n- [ ] Name the owner')
      .and.contain('- skill: launch-checklist');
  });

  it('says so when the pod holds nothing', () => {
    expect(put(converse('write a report about ghosts', {})).text).to.contain('The pod holds nothing on this yet.');
  });

  it('calls only tools that are offered', () => {
    const tools = aRequest().tools?.filter(({ name }) => ['put_file', 'search_pod'].includes(name)) ?? [];
    const { calls } = converse('write a brief about the launch', pod, { tools });
    expect(calls.map(({ name }) => name)).to.deep.equal(['search_pod', 'put_file']);
    expect(allTools).to.include('list_tasks');
  });
});
