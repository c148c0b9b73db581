// Forms made from the input schemas of actions: what they show, and what input comes of what somebody fills in.
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { digests } from '../../../../src/doors/slack/forms/about.ts';
import { checkFits, formFields, NOTHING, shownFields } from '../../../../src/doors/slack/forms/fields.ts';
import { inputOfForm, refusedBy } from '../../../../src/doors/slack/forms/given.ts';
import { fieldsOf } from '../../../../src/doors/typed/fields.ts';
import { Conflict, InvalidInput } from '../../../../src/errors.ts';
import { ALL_ACTIONS } from '../../../../src/pods/actions.ts';
import { recordDecision } from '../../../../src/pods/notes/record-note.ts';
import { assignTask } from '../../../../src/pods/tasks/assign-task.ts';
import { createTask } from '../../../../src/pods/tasks/create-task.ts';
import { updateTask } from '../../../../src/pods/tasks/update-task.ts';
import { checkView } from '../../../../src/practice/slack/blocks/validate.ts';
import { formIds, formView } from '../../../../src/slack/render/forms.ts';

const members = { options: [{ label: 'Ben Okafor', value: 'person:ben' }] };
const tasks = { options: [{ label: '#3 Bake', value: 't3' }] };
const plain = { fixed: {}, values: {}, members, tasks, nothing: 'Nobody yet' };
const none = { fixed: {}, stored: {} };

const view = (definition: (typeof ALL_ACTIONS)[number], more = {}) =>
  formView({
    ...{ form: formIds.action, about: '{}', title: definition.title, lead: definition.description },
    ...{ submit: 'Do it', cancel: 'Cancel', fields: formFields(definition, { ...plain, ...more }) },
  });

describe('doors/slack/forms', () => {
  it('shows a field of the right kind for each field of the schema', () => {
    expect(formFields(createTask, plain)).to.deep.equal([
      { name: 'title', label: 'Title', kind: 'words', lines: false, most: 300 },
      {
        ...{ name: 'text', label: 'Text', hint: 'More about it, Markdown', optional: true },
        ...{ kind: 'words', lines: true, most: 50_000 },
      },
      { name: 'assignee', label: 'Assignee', optional: true, kind: 'choice', options: members.options },
      { name: 'due', label: 'Due', hint: 'The last day', optional: true, kind: 'day' },
      { name: 'depends_on', label: 'Depends on', optional: true, kind: 'choices', options: tasks.options },
      { name: 'reviewers', label: 'Reviewers', optional: true, kind: 'choices', options: members.options },
      { name: 'parent', label: 'Parent', optional: true, kind: 'choice', options: tasks.options },
    ]);
    const [task, assignee] = formFields(assignTask, plain);
    expect(task).to.include({ kind: 'choice' }).and.to.have.deep.property('options', tasks.options);
    expect(assignee).to.have.deep.property('options', [...members.options, { label: 'Nobody yet', value: NOTHING }]);
    expect(formFields(recordDecision, plain).map(({ name }) => name)).to.deep.equal(['decision', 'why']);
  });

  for (const definition of ALL_ACTIONS.filter(({ internal }) => !internal))
    it(`makes a form of ${definition.name} that Slack accepts`, () => {
      expect(checkView(view(definition))).to.deep.equal([]);
      const refused = Object.fromEntries(shownFields(definition, {}).map(({ name }) => [name, 'Not <so>.']));
      expect(checkView(view(definition, { refused }))).to.deep.equal([]);
    });

  it('gives what was filled in, and leaves out what was not', () => {
    expect(inputOfForm(createTask, none, { title: ' Bake ', text: '', assignee: 'person:ben', due: '' })).to.deep.equal(
      {
        ...{ kind: 'input', input: { title: 'Bake', assignee: 'person:ben' } },
      },
    );
    expect(inputOfForm(assignTask, { ...none, fixed: { task: 't3' } }, { assignee: NOTHING })).to.deep.equal({
      ...{ kind: 'input', input: { task: 't3', assignee: null } },
    });
  });

  it('changes only what somebody changed, and takes away what they emptied', () => {
    const before = { title: 'Bake', text: 'One\nTwo', due: '2026-12-04' };
    const about = { fixed: { task: 't3' }, stored: digests(before) };
    const input = (values: Record<string, string>) => inputOfForm(updateTask, about, { ...before, ...values });
    expect(input({})).to.deep.equal({ kind: 'input', input: { task: 't3' } });
    expect(input({ text: 'One\r\nTwo ' })).to.deep.equal({ kind: 'input', input: { task: 't3' } });
    expect(input({ due: '', text: '' })).to.deep.equal({ kind: 'input', input: { task: 't3', due: null, text: '' } });
  });

  it('gives of any words an input with these words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (title) => {
        const read = inputOfForm(createTask, none, { title });
        expect(read).to.deep.equal({ kind: 'input', input: title.trim() ? { title: title.trim() } : {} });
      }),
    );
  });

  it('refuses typed words that a form would cut, and a day that is none', () => {
    const check = (values: Record<string, string>) => () => checkFits(fieldsOf(createTask), values);
    expect(check({ title: 'Bake', text: 'x'.repeat(3_000), due: '2026-12-04' })).to.not.throw();
    expect(check({ text: 'x'.repeat(3_001) })).to.throw(InvalidInput, /--text has 3001 characters.* takes 3000/);
    expect(check({ title: 'x'.repeat(301) })).to.throw(InvalidInput, /--title has 301 characters.* takes 300\./);
    expect(check({ due: 'tomorrow' })).to.throw(InvalidInput, '--due takes a day as YYYY-MM-DD, not “tomorrow”');
  });

  it('says a refusal at the field that it is about', () => {
    const shown = ['title', 'assignee', 'due'];
    const { error } = z.object({ title: z.string().max(3) }).safeParse({ title: 'Bread' });
    const bySchema = new InvalidInput('create_task: too long at title.', { cause: error });
    expect(Object.keys(refusedBy(bySchema, shown, { title: 'Bread' }).fields)).to.deep.equal(['title']);
    const byAction = new InvalidInput('There is no “zoe” here.');
    expect(refusedBy(byAction, shown, { title: 'Bread', assignee: 'zoe' })).to.deep.equal({
      fields: { assignee: 'There is no “zoe” here.' },
    });
    expect(refusedBy(new Conflict('#3 is done.'), shown, { title: 'Bread' })).to.deep.equal({
      ...{ fields: {}, whole: '#3 is done.' },
    });
    expect(() => refusedBy(new TypeError('a bug'), shown, {})).to.throw(TypeError);
  });
});
