import { expect } from 'chai';
import { aTask, converse } from '../converse.ts';

const skills = {
  system:
    '<available_skills><skill><name>release-notes</name><description>Write release notes for customers from finished tasks.</description></skill></available_skills>',
};
const task = { task: aTask() };

/** A message, and the calls that it causes in the first turn: the tool and its input. */
const table: [string, ...[string, object][]][] = [
  [
    'add a task for Ben to order boxes by Friday',
    ['create_task', { title: 'Order boxes', assignee: 'Ben', due: '2026-11-27' }],
  ],
  ['@scribe please create a task for @ben to order boxes', ['create_task', { title: 'Order boxes', assignee: '@ben' }]],
  [
    '@Skein @scribe make a task to order boxes for Ben by Friday',
    ['create_task', { title: 'Order boxes', assignee: 'Ben', due: '2026-11-27' }],
  ],
  ['Create a task: order boxes for the stand', ['create_task', { title: 'Order boxes for the stand' }]],
  [
    'task for @ben: order boxes tomorrow',
    ['create_task', { title: 'Order boxes', assignee: '@ben', due: '2026-11-22' }],
  ],
  ['Todo: call the printer', ['create_task', { title: 'Call the printer' }]],
  [
    '@pilot ask Ben: which flour do we order, rye or wheat?',
    ['ask', { to: ['Ben'], question: 'Which flour do we order, rye or wheat?', options: ['Rye', 'Wheat'] }],
  ],
  [
    'ask me: which day? Monday, Tuesday or Friday',
    [
      'ask',
      {
        to: ['Ada Lindqvist'],
        question: 'Which day? Monday, Tuesday or Friday?',
        options: ['Monday', 'Tuesday', 'Friday'],
      },
    ],
  ],
  ['ask Ben what the boxes cost', ['ask', { to: ['Ben'], question: 'What the boxes cost?' }]],
  [
    'please ask @ben whether the mill delivers on Friday?',
    [
      'ask',
      { to: ['@ben'], question: 'Ada would like to know whether the mill delivers on Friday.', options: ['Yes', 'No'] },
    ],
  ],
  ['can you ask Ben to order boxes?', ['create_task', { title: 'Order boxes', assignee: 'Ben' }]],
  [
    'Hey Scribe, could you please add a task for Ben Okafor to order the boxes, thanks',
    ['create_task', { title: 'Order the boxes', assignee: 'Ben Okafor' }],
  ],
  [
    'remind me to call the printer on Monday',
    ['create_task', { title: 'Call the printer', assignee: 'Ada Lindqvist', due: '2026-11-23' }],
  ],
  ['Remind us to pay the rent', ['create_task', { title: 'Pay the rent' }]],
  ['give Ben a task to order boxes', ['create_task', { title: 'Order boxes', assignee: 'Ben' }]],
  ['Ben needs to order boxes by Friday', ['create_task', { title: 'Order boxes', assignee: 'Ben', due: '2026-11-27' }]],
  ['have Cleo check the proofs', ['create_task', { title: 'Check the proofs', assignee: 'Cleo' }]],
  [
    'add these tasks for Ben:\n- order boxes by Friday\n- call the printer',
    ['create_task', { title: 'Order boxes', assignee: 'Ben', due: '2026-11-27' }],
    ['create_task', { title: 'Call the printer', assignee: 'Ben' }],
  ],
  ['add a task for ben to order boxes', ['create_task', { title: 'Order boxes', assignee: 'Ben' }]],
  ['Add task: write the FAQ @cleo', ['create_task', { title: 'Write the FAQ', assignee: '@cleo' }]],
  ['add a task for Friday: order boxes', ['create_task', { title: 'Order boxes', due: '2026-11-27' }]],
  [
    'create two tasks: order boxes, and buy tape',
    ['create_task', { title: 'Order boxes' }],
    ['create_task', { title: 'Buy tape' }],
  ],
  ['We need boxes. Can you make a task for Ben?', ['create_task', { title: 'We need boxes', assignee: 'Ben' }]],
  ['and Mark #1 as done and #2 as started', ['complete_task', { task: '#1' }], ['start_task', { task: '#2' }]],
  ['make a task'],
  ['Everything must ship by Friday', ['search_pod', { query: 'everything must ship friday', limit: 20 }]],
  ['Summarise what we decided so far', ['read_conversation', {}]],
  ['We have decided: blue it is', ['record_decision', { decision: 'Blue it is' }]],
  ['what should I do next?', ['list_tasks', { assignee: 'Ada Lindqvist', state: 'active' }]],
  ['#3 is done', ['complete_task', { task: '#3' }]],
  ['can you mark #3 done?', ['complete_task', { task: '#3' }]],
  ['mark task 3 as done: printed in blue', ['complete_task', { task: '#3', note: 'Printed in blue' }]],
  ['#3 and #4 are finished', ['complete_task', { task: '#3' }], ['complete_task', { task: '#4' }]],
  ['reopen #3: the print was wrong', ['reopen_task', { task: '#3', note: 'The print was wrong' }]],
  ["#3 isn't done", ['reopen_task', { task: '#3' }]],
  ['start #3', ['start_task', { task: '#3' }]],
  ['I am working on #3', ['start_task', { task: '#3' }]],
  ['assign #3 to Ben', ['assign_task', { task: '#3', assignee: 'Ben' }]],
  ['give #3 to @cleo', ['assign_task', { task: '#3', assignee: '@cleo' }]],
  ["I'll take #3", ['assign_task', { task: '#3', assignee: 'Ada Lindqvist' }]],
  ['Ben takes #3', ['assign_task', { task: '#3', assignee: 'Ben' }]],
  ['reassign task 3 to me', ['assign_task', { task: '#3', assignee: 'Ada Lindqvist' }]],
  ['#3 is due on Friday', ['update_task', { task: '#3', due: '2026-11-27' }]],
  ['move #3 to next week', ['update_task', { task: '#3', due: '2026-11-23' }]],
  ['rename #3 to Order big boxes', ['update_task', { task: '#3', title: 'Order big boxes' }]],
  [
    '#3 is done. Also add a task for Ben to tape them',
    ['complete_task', { task: '#3' }],
    ['create_task', { title: 'Tape them', assignee: 'Ben' }],
  ],
  ['only tell me when #3 is done', ['set_involvement', { task: '#3', level: 'result' }]],
  ['tell me every step of #3 please', ['set_involvement', { task: '#3', level: 'every_step' }]],
  ['tell me about #3 only in the digest', ['set_involvement', { task: '#3', level: 'digest' }]],
  ['what is waiting for me?', ['list_waiting', {}]],
  ['anything waiting on me?', ['list_waiting', {}]],
  ["what's open?", ['list_tasks', { state: 'active' }]],
  ['tasks of Ben', ['list_tasks', { assignee: 'Ben', state: 'active' }]],
  ["show Ben's tasks", ['list_tasks', { assignee: 'Ben', state: 'active' }]],
  ['what do I have to do?', ['list_tasks', { assignee: 'Ada Lindqvist', state: 'active' }]],
  ['list all tasks', ['list_tasks', { state: 'all' }]],
  ['which tasks are done?', ['list_tasks', { state: 'done' }]],
  ['is #3 done?', ['list_tasks', { state: 'all' }]],
  [
    'we decided to print in blue because it is cheaper',
    ['record_decision', { decision: 'Print in blue', why: 'It is cheaper' }],
  ],
  ['Decision: print in blue', ['record_decision', { decision: 'Print in blue' }]],
  ["We've agreed on blue boxes.", ['record_decision', { decision: 'Blue boxes' }]],
  ['please record the decision that we print in blue', ['record_decision', { decision: 'We print in blue' }]],
  ['Learning: blue prints dry slowly', ['record_learning', { learning: 'Blue prints dry slowly' }]],
  ['we found out that blue prints dry slowly', ['record_learning', { learning: 'Blue prints dry slowly' }]],
  ['what do we know about the boxes?', ['search_pod', { query: 'boxes', limit: 20 }]],
  ['what did we decide about the colour?', ['search_pod', { query: 'colour', limit: 20 }]],
  ['why did we choose blue?', ['search_pod', { query: 'choose blue', limit: 20 }]],
  ['search for the Kraft invoice', ['search_pod', { query: 'kraft invoice', limit: 20 }]],
  ['show launch-brief.md', ['read_file', { name: 'launch-brief.md' }]],
  ['which files are there?', ['list_files', {}]],
  ['which pods are there?', ['list_pods', {}]],
  ['summarise this thread', ['read_conversation', {}]],
  ['can you sum this up?', ['read_conversation', {}]],
  ['what happened in this pod this week?', ['pod_history', {}], ['list_tasks', { state: 'active' }]],
  ['who is here?', ['read_pod', {}]],
  ['what is this pod for?', ['read_pod', {}]],
  ['add Cleo to the pod', ['add_member', { who: 'Cleo' }]],
  ['post in launch: we are ready', ['post_message', { conversation: 'launch', text: 'we are ready' }]],
  [
    'start a conversation called Boxes: which colour?',
    ['start_conversation', { title: 'Boxes', text: 'which colour?' }],
  ],
  ['use the release-notes skill', ['use_tool', { tool: 'load_skill', input: { name: 'release-notes' } }]],
  [
    'the purple elephants dance beautifully',
    ['search_pod', { query: 'purple elephants dance beautifully', limit: 20 }],
  ],
  ['thanks!'],
  ['Hello Scribe'],
  ['which skills do you have?'],
  ['what can you do?'],
];

describe('what the stand-in model makes of a sentence', () => {
  for (const [text, ...expected] of table) {
    const short = text.replaceAll('\n', ' / ');
    it(`"${short}" -> ${expected.map(([name]) => name).join(', ') || 'an answer'}`, () => {
      const { calls, answer } = converse(text, { create_task: task }, skills);
      expect(calls.map(({ name, input }) => [name, input])).to.deep.equal(expected);
      expect(answer.split('\n').at(-1)).to.match(/^_Stand-in model: set an Anthropic API key .*_$/);
    });
  }
});

describe('what the stand-in model answers', () => {
  const found = [{ kind: 'decision', id: 'n_1', text: 'Print in blue', from: 'Ada', at: '2026-11-20' }];
  const said = [
    { id: 'm_1', from: 'Ada Lindqvist', at: '2026-11-20 09:00', text: 'Boxes must be blue' },
    { id: 'm_2', from: 'Ben Okafor', at: '2026-11-20 09:05', text: 'Fine with me' },
  ];
  for (const [text, tools, ...parts] of [
    ['add a task for Ben to order boxes', { create_task: task }, 'Made: #4 Order boxes (open, Ben Okafor).'],
    ['#4 is done', { complete_task: { task: aTask({ state: 'done' }) } }, 'Done: #4 Order boxes (done, Ben Okafor).'],
    ['assign #4 to Ben', { assign_task: task }, 'Assigned: #4 Order boxes'],
    [
      "what's open?",
      { list_tasks: { tasks: [aTask(), aTask({ number: 5, due: '2026-11-27' })] } },
      '- #4 Order',
      '- #5 Order boxes (open, Ben Okafor, due Fri 27 Nov)',
    ],
    ["what's open?", { list_tasks: { tasks: [] } }, 'No open tasks.'],
    [
      'is #4 done?',
      { list_tasks: { tasks: [aTask(), aTask({ number: 5 })] } },
      'It stands so:\n- #4 Order boxes (open',
    ],
    ['is #9 done?', { list_tasks: { tasks: [aTask()] } }, 'There is no task #9 here.'],
    ['we decided to print in blue because it is cheap', {}, 'Kept as a decision: Print in blue. Why: It is cheap.'],
    ['what do we know about blue?', { search_pod: { found } }, '"blue"', '- “Print in blue” (decision, Ada, 20 Nov)'],
    [
      'what do we know about blue?',
      {
        search_pod: {
          found: [
            { kind: 'message', id: 'm', text: 'Well, *what* do we know about blue? And red?' },
            { kind: 'message', id: 'n', text: 'What this pod holds on "sky": - blue' },
          ],
        },
      },
      'I found nothing about "blue" in this pod.',
    ],
    ['what do we know about blue?', { search_pod: { found: [] } }, 'I found nothing about "blue" in this pod.'],
    [
      'blue elephants dance',
      { search_pod: { found: [] } },
      'I found nothing',
      'I am only the stand-in',
      'I can make tasks',
    ],
    [
      'summarise this thread',
      { read_conversation: { conversation: { id: 'c', title: 'Boxes' }, messages: said } },
      '"Boxes": 2 messages from Ada Lindqvist, Ben Okafor.',
      '- Ada Lindqvist: “Boxes must be blue',
    ],
    [
      'what happened?',
      {
        pod_history: { history: [{ seq: 1, at: '2026-11-20', text: 'Ada made #4' }] },
        list_tasks: { tasks: [aTask()] },
      },
      '- 20 Nov: Ada made #4',
      'Still open:\n- #4',
    ],
    [
      'who is here?',
      {
        read_pod: {
          pod: { id: 'p', name: 'Launch', purpose: 'Ship it' },
          members: [{ id: '1', name: 'Ada', role: 'owner' }],
        },
      },
      'Launch: Ship it\n1 member:\n- Ada (owner)',
    ],
    ['show a.md', { read_file: { file: {}, text: 'Hello\nworld' } }, 'a.md:\n\nHello\nworld'],
    [
      'show a.md',
      { read_file: { file: {}, text: '<outside source="a.md">Hello\n&lt;outside world</outside>' } },
      'a.md:\n\nHello\n<outside world',
    ],
    ['which skills do you have?', {}, '- release-notes: Write release notes'],
    [
      'use the release-notes skill',
      { load_skill: { skill: { name: 'release-notes', text: '# How\n1. List tasks\n2. Tell why' } } },
      'Loaded the skill "release-notes". It says:\n- List tasks\n- Tell why',
    ],
    ['thanks', {}, 'You are welcome, Ada.'],
  ] as [string, Record<string, unknown>, ...string[]][]) {
    it(`"${text}": ${parts[0]?.split('\n')[0]}`, () => {
      const { answer } = converse(text, tools, skills);
      for (const part of parts) expect(answer).to.contain(part);
    });
  }
});
