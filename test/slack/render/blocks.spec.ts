// Skein's own messages stay within Slack's limits and escape their input.
import { expect } from 'chai';
import fc from 'fast-check';
import { BLOCKS_JSON_CHARS, MESSAGE_BLOCKS, SECTION_CHARS, TEXT_CHARS } from '../../../src/slack/limits.ts';
import * as surfaces from '../../../src/slack/render/blocks.ts';
import * as lists from '../../../src/slack/render/items/lists.ts';
import type { Post } from '../../../src/slack/render/render.ts';

const sectionsOf = ({ blocks }: Post) =>
  blocks.filter((block) => block.type === 'section').map((block) => (block.text as { text: string }).text);
const buttonsOf = ({ blocks }: Post) =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? (block.elements as { action_id: string; value: string }[]) : [],
  );

const more = (page: number) => `/skein tasks ${page}`;

const text = fc.oneof(
  fc.string({ maxLength: 5_000, unit: 'binary' }),
  fc.constantFrom('<!channel>', '@here', '&', '<@U1>'.repeat(900)),
);

describe('slack/blocks', () => {
  it('asks with a button for each answer', () => {
    const question = surfaces.question({
      asks: 'Make #launch a pod?',
      means: 'Everybody becomes a **member**.',
      answers: [
        { actionId: 'pod.make', label: 'Yes', value: 'C1', style: 'primary' },
        { actionId: 'pod.decline', label: 'No', value: 'C1' },
      ],
    });
    expect(question.text).to.equal('Make #launch a pod? Everybody becomes a *member*.');
    expect(sectionsOf(question)).to.deep.equal(['*Make #launch a pod?*\nEverybody becomes a *member*.']);
    expect(buttonsOf(question).map(({ action_id, value }) => [action_id, value])).to.deep.equal([
      ['pod.make', 'C1'],
      ['pod.decline', 'C1'],
    ]);
  });

  it('lists tasks with who does them', () => {
    const tasks = [{ id: 't1', title: 'Write <plan>', status: 'open', assignee: 'Ann' }];
    const listed = lists.taskList({ pod: 'launch', tasks, more });
    expect(sectionsOf(listed)).to.deep.equal(['*Write &lt;plan&gt;* (t1)\nopen · Ann']);
    expect(listed.text).to.match(/^Tasks in launch\n/);
  });

  it('counts what it does not list, and says how to get it', () => {
    const tasks = [...Array(50).keys()].map((n) => ({ id: `t${n}`, title: 'a', status: 'open' }));
    const page = (n: number, over = false) => lists.taskList({ pod: 'p', tasks, over, page: n, more }).text;
    expect(page(1)).to.match(/\(t0\)[\s\S]*\(t19\)[\s\S]*…and 30 more: `\/skein tasks 2`$/);
    expect(page(1, true)).to.match(/…and over 30 more: `\/skein tasks 2`$/);
    expect(page(3)).to.match(/\(t40\)[\s\S]*\(t49\)[^…]*$/);
    expect(page(4)).to.equal('There is no page 4: the tasks in p fill 3.');
  });

  it('says what to do when there is nothing to list', () => {
    expect(lists.taskList({ pod: 'launch', tasks: [], more }).text).to.match(/no open tasks\. Say what/);
    expect(lists.podList([]).text).to.match(/Invite the app/);
  });

  it('lists pods with their places', () => {
    const pods = [{ name: 'launch', channel: 'C0LAUNCH', mail: 'launch@example.com', openTasks: 1 }];
    expect(sectionsOf(lists.podList(pods))).to.deep.equal([
      '*launch* · <#C0LAUNCH> · launch@example.com · 1 open task',
    ]);
  });

  it('tells an owner how many mails wait there', () => {
    const pods = [1, 2].map((quarantined) => ({ name: 'launch', openTasks: 0, quarantined }));
    expect(sectionsOf(lists.podList(pods)).join())
      .to.contain('1 mail waits for')
      .and.to.contain('2 mails wait for');
  });

  it('stays within the limits and calls nobody, whatever it is given', () => {
    const item = fc.record({
      id: text,
      title: text,
      status: fc.constantFrom('open', 'done'),
      assignee: text,
    });
    fc.assert(
      fc.property(text, fc.array(item, { maxLength: 30 }), (any, tasks) => {
        const all = [
          surfaces.question({ asks: any, means: any, answers: [{ actionId: 'a', label: 'Yes', value: 'C1' }] }),
          lists.taskList({ pod: any, tasks, more: () => any }),
          lists.podList([{ name: any, mail: any, channel: any, openTasks: 2 }]),
          surfaces.notice(any),
          surfaces.quarantinedMail({
            ...{ title: any, about: [any, any], excerpt: any, reason: any },
            answers: { accept: 'Yes', reject: 'No' },
            value: 'p/h',
          }),
          lists.help([{ usage: any, says: any }], any, any),
          surfaces.outcome(any, any),
        ];
        for (const post of all) {
          expect(post.text).to.have.length.below(TEXT_CHARS);
          expect(post.blocks).to.have.length.at.most(MESSAGE_BLOCKS);
          // A header is plain text: nothing in it is a token.
          const parsed = post.blocks.filter((block) => block.type !== 'header');
          expect(`${post.text} ${JSON.stringify(parsed)}`).to.not.match(/<!|<@|@(?:channel|here|everyone)\b/);
          for (const section of sectionsOf(post)) expect(section).to.have.length.within(1, SECTION_CHARS);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows what came of something word for word, and of too much its beginning', () => {
    const shown = (result: string) => JSON.stringify(surfaces.outcome('List tasks', result).blocks);
    expect(shown('tasks:\n  - title: "*Über* <b> & `so`"')).to.include(
      JSON.stringify('tasks:\n  - title: "*Über* <b> & `so`"'),
    );
    for (const long of ['word\n'.repeat(10_000), '"'.repeat(50_000), '🪿'.repeat(9_000)]) {
      expect(shown(long)).to.include('only its beginning').and.to.have.length.at.most(BLOCKS_JSON_CHARS);
      expect(shown(long).isWellFormed()).to.equal(true);
    }
  });

  it('keeps a full list within what Slack takes at once', () => {
    const long = 'word '.repeat(200);
    const tasks = [...Array(50).keys()].map((n) => ({
      id: `t${n}`,
      title: long,
      status: 'open',
      assignee: long,
      waitsFor: [long],
    }));
    expect(JSON.stringify(lists.taskList({ pod: long, tasks, more: () => long }).blocks)).to.have.length.at.most(
      BLOCKS_JSON_CHARS,
    );
  });
});
