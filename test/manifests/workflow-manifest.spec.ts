// The schema of workflows: each fault is a sentence with the file, the line and a cure.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parseWorkflowManifest } from '../../src/manifests/workflow-manifest.ts';
import { inOrder } from '../../src/pods/workflows/step-order.ts';

const WORKFLOWS = resolve(import.meta.dirname, '../../templates/workflows');
const FILE = 'templates/workflows/tea.yaml';
const LINES = [
  'name: tea', // 1
  'title: Tea for the team',
  'purpose: Somebody makes tea, and everybody drinks it.',
  'roles:', // 4
  '  maker: { what: Makes it, usual: pilot }',
  '  taster: { what: Tastes it }',
  'steps:', // 7
  '  - id: boil',
  '    task: "Boil water for {{about}}"', // 9
  '    who: maker',
  '  - id: taste', // 11
  '    task: "Taste what {{boil}} gave"',
  '    who: taster', // 13
  '    after: [boil]',
  '    due: 2', // 15
  'schedule:',
  '  every: working day', // 17
  '  at: "15:30"',
  '  zone: Europe/Berlin', // 19
];

/** The faults of the file with one line in place of another. */
const faults = (line: number, text: string, ...more: [number, string][]): string[] => {
  const lines = [...LINES];
  for (const [n, words] of [[line, text] as const, ...more]) lines[n - 1] = words;
  const read = parseWorkflowManifest({ file: FILE, text: lines.join('\n') });
  return read.kind === 'faulty' ? read.problems : [];
};

describe('a workflow’s file', () => {
  it('is read as it says', () => {
    const read = parseWorkflowManifest({ file: FILE, text: LINES.join('\n') });
    expect(read).to.deep.equal({
      kind: 'valid',
      manifest: {
        name: 'tea',
        title: 'Tea for the team',
        purpose: 'Somebody makes tea, and everybody drinks it.',
        roles: [
          { name: 'maker', what: 'Makes it', usual: 'pilot' },
          { name: 'taster', what: 'Tastes it' },
        ],
        steps: [
          { id: 'boil', task: 'Boil water for {{about}}', who: 'maker', after: [] },
          { id: 'taste', task: 'Taste what {{boil}} gave', who: 'taster', after: ['boil'], due: 2 },
        ],
        schedule: { every: 'working day', at: '15:30', zone: 'Europe/Berlin' },
      },
    });
  });

  it('has reviewers and a checkpoint at a step, for roles and members', () => {
    const fields = '    reviewers: [maker, "@ben"]\n    checkpoint: { name: first sip, who: ["@ada"] }';
    const lines = [...LINES.slice(0, 14), fields, ...LINES.slice(15)].join('\n');
    const read = parseWorkflowManifest({ file: FILE, text: lines });
    expect(read.kind === 'valid' && read.manifest.steps[1]).to.deep.include({
      reviewers: ['maker', '@ben'],
      checkpoint: { name: 'first sip', who: ['@ada'] },
    });
  });

  it('may have a role that only reviews', () => {
    expect(faults(13, '    who: maker\n    reviewers: [taster]')).to.deep.equal([]);
  });

  for (const [fault, line, text, told] of [
    [
      'another name than its file',
      1,
      'name: coffee',
      ':1: `name` is "coffee" but the file is named "tea". Name them alike.',
    ],
    [
      'no name',
      1,
      '',
      ': `name` is missing. Give small letters, digits and hyphens, a letter first, as in weekly-slides.',
    ],
    [
      'an unknown field',
      15,
      '    reviewer: [maker]',
      ':15: `steps.1.reviewer` is no known field. Correct its name or remove it.',
    ],
    [
      'reviewers that are no list',
      15,
      '    reviewers: maker',
      ':15: `steps.1.reviewers` is "maker". Give a list of 1 to 10 roles, or members as "@ben", as in [qa, "@ben"].',
    ],
    [
      'a reviewer who is neither a role nor a member',
      15,
      '    reviewers: [makr]',
      ':15: `steps.1.reviewers.0` names "makr", which does not exist. Did you mean maker?',
    ],
    [
      'a reviewer of their own work',
      15,
      '    reviewers: [maker, taster]',
      ':15: `steps.1.reviewers.1` names "taster", who does the step: nobody reviews their own work. Name another.',
    ],
    [
      'a checkpoint without its people',
      15,
      '    checkpoint: { name: first sip }',
      ':15: `steps.1.checkpoint.who` is missing. Give a list of roles, or of members as "@ben", who let the agent go on.',
    ],
    [
      'a checkpoint that is only a name',
      15,
      '    checkpoint: first sip',
      ':15: `steps.1.checkpoint` is "first sip". Give `name` and `who`, as in { name: outline, who: [owner] }.',
    ],
    [
      'a checkpoint for nobody',
      15,
      '    checkpoint: { name: first sip, who: [host] }',
      ':15: `steps.1.checkpoint.who.0` names "host", which does not exist. There are: maker, taster.',
    ],
    [
      'a misspelt role',
      13,
      '    who: tester',
      ':13: `steps.1.who` names "tester", which does not exist. Did you mean taster?',
    ],
    [
      'a step that is not there',
      14,
      '    after: [grind]',
      ':14: `steps.1.after.0` names "grind", which does not exist. There are: boil, taste.',
    ],
    [
      'a step that waits for itself',
      14,
      '    after: [taste]',
      ':14: the steps wait for each other: "taste" comes after "taste". Take one of them out.',
    ],
    ['an id twice', 11, '  - id: boil', ':11: two steps have the id "boil". Give each its own.'],
    [
      'an unknown field in its words',
      9,
      '    task: "Boil {{watr}}"',
      ':9: `steps.0.task` names "watr", which does not exist. There are: about, boil, taste.',
    ],
    [
      'a file that is called by the words at the start',
      15,
      '    file: "{{about}}.md"',
      ':15: `steps.1.file` names "about", which does not exist. There are: week, date, run, boil, taste.',
    ],
    [
      'a file with a misspelt field',
      15,
      '    file: "tea-{{weak}}.md"',
      ':15: `steps.1.file` names "weak", which does not exist. Did you mean week?',
    ],
    [
      'a file whose field is no field',
      15,
      '    file: "tea-{{Week}}.md"',
      ':15: `steps.1.file` is "tea-{{Week}}.md": a field is written in small letters, as in notes-{{week}}.md.',
    ],
    [
      'a file that no file can be called',
      15,
      '    file: "../tea-{{run}}.md"',
      ':15: `steps.1.file` is "../tea-{{run}}.md": Folders are written as in plans/launch.md, without empty, “.” or “..” parts. Give another name.',
    ],
    [
      'a file of the week where it comes each day',
      15,
      '    file: "tea-{{week}}.md"',
      ':15: `steps.1.file` is "tea-{{week}}.md": the workflow comes more than once a week. Take {{date}} in place of {{week}}.',
    ],
    [
      'a due day in words',
      15,
      '    due: tomorrow',
      ':15: `steps.1.due` is "tomorrow". Give the number of days after the start, from 0 to 365, as in 2.',
    ],
    [
      'days that are none',
      17,
      '  every: full moon',
      ':17: `schedule.every` is "full moon". Give days, such as: day, working day, Monday and Thursday, 2 weeks on Monday, month on the 1st, month on the last day.',
    ],
    ['an hour without quotes', 18, '  at: 9', ':18: `schedule.at` is 9. Give a time in quotes, as in "09:00".'],
    [
      'no such zone',
      19,
      '  zone: Berlin',
      ':19: `schedule.zone` is "Berlin". Give a name such as Europe/Berlin, or leave it out: then it is that of whoever starts it.',
    ],
    [
      'a role of nobody',
      6,
      '  taster: Tastes it',
      ':6: `roles.taster` is "Tastes it". Give `what`, and perhaps `usual`.',
    ],
    ['no YAML', 4, 'roles: [', ': it is not YAML: '],
  ] as const)
    it(`is refused with ${fault}`, () => {
      const found = faults(line, text);
      expect(found[0]).to.satisfy((one: string | undefined) => one?.startsWith(`${FILE}${told}`), found.join('\n'));
    });

  it('has files called by the week, the day, the run and tasks', () => {
    for (const file of ['{{date}}.md', 'tea-{{run}}.md', '{{week}}/{{boil}}.md', 'tea.md'])
      expect(faults(15, `    file: "${file}"`), file).to.deep.equal([]);
    expect(faults(15, '    file: "tea-{{week}}.md"', [17, '  every: Monday'])).to.deep.equal([]);
  });

  it('is refused with a file called by a step that has the name of a field', () => {
    const renamed = [8, '  - id: run'] as [number, string];
    const others = [
      [12, '    task: Taste'],
      [14, '    after: [run]'],
    ] as [number, string][];
    expect(faults(15, '    due: 1', renamed, ...others), 'the step alone').to.deep.equal([]);
    expect(faults(15, '    file: "tea-{{run}}.md"', renamed, ...others)).to.deep.equal([
      `${FILE}:15: \`steps.1.file\` is "tea-{{run}}.md": {{run}} is a step, and a field of its own. Give the step another id.`,
    ]);
  });

  it('is refused with a role that no step has', () => {
    expect(faults(13, '    who: maker')).to.deep.equal([
      `${FILE}:6: no step has the role "taster". Give it one, or remove the role.`,
    ]);
  });

  it('is refused with a circle, whose path is shown', () => {
    expect(faults(10, '    who: maker\n    after: [taste]')).to.deep.equal([
      `${FILE}:11: the steps wait for each other: "boil" comes after "taste", "taste" comes after "boil". Take one of them out.`,
    ]);
  });

  it('is refused without steps, and with more than 50', () => {
    const head = 'name: tea\ntitle: T\npurpose: P.\nroles: { maker: { what: Makes } }\n';
    const many = Array.from({ length: 51 }, (_, n) => `  - { id: s${n}, task: T, who: maker }`).join('\n');
    for (const steps of ['steps: []', `steps:\n${many}`]) {
      const read = parseWorkflowManifest({ file: FILE, text: `${head}${steps}` });
      expect(read.kind === 'faulty' && read.problems.join()).to.include('Give a list of 1 to 50 steps');
    }
  });

  it('names all faults at once', () => {
    expect(faults(15, '    due: -1', [18, '  at: noon'], [19, '  zone: Mars'])).to.have.length(3);
  });

  it('has an order for its steps, whatever the order in the file', () => {
    const steps = [
      { id: 'c', after: ['b', 'a'] },
      { id: 'a', after: [] },
      { id: 'b', after: ['a'] },
    ];
    expect(inOrder(steps)).to.deep.equal({ steps: [steps[1], steps[2], steps[0]] });
    expect(
      inOrder([
        { id: 'a', after: ['b'] },
        { id: 'b', after: ['c'] },
        { id: 'c', after: ['a'] },
      ]),
    ).to.deep.equal({
      circle: ['a', 'b', 'c', 'a'],
    });
  });

  it('that is shipped names roles, steps and words that are there', async () => {
    for (const name of await readdir(WORKFLOWS)) {
      const read = parseWorkflowManifest({
        file: `templates/workflows/${name}`,
        text: await readFile(join(WORKFLOWS, name), 'utf8'),
      });
      expect(read.kind === 'faulty' ? read.problems : [], name).to.deep.equal([]);
    }
  });
});
