// The forms that the buttons of a task's card open: to give the task to somebody, and to comment on it.
import { NotAllowed, NotFound, sentenceOf } from '../../../errors.ts';
import { presentIn } from '../../../pods/people/directory.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';
import { withTitles } from '../../../pods/tasks/task-words.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds, notice } from '../../../slack/render/blocks.ts';
import { FIELD, type Field, type FormId, formIds, formView, MOST_OPTIONS } from '../../../slack/render/forms.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { personOf } from '../people/people.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;
type Form = Extract<Inbound, { kind: 'form' }>;

const FORMS: Readonly<Record<string, FormId>> = {
  [actionIds.giveTask]: formIds.giveTask,
  [actionIds.commentOnTask]: formIds.commentOnTask,
};

export function opensForm({ actionId }: Button): boolean {
  return actionId in FORMS;
}

export async function openForm(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const { fill } = slack.texts;
  const [pod = '', id = ''] = pressed.value.split('/');
  // Anybody may look into a public channel and click. The form names the members.
  if (!(await isMemberOf(slack, pod, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  const task = await taskNamed(slack, pod, id);
  const give = FORMS[pressed.actionId] === formIds.giveTask;
  const field: Field = give ? await members(slack, task) : { label: fill('task-card', 'comment-words') };
  const view = formView({
    form: give ? formIds.giveTask : formIds.commentOnTask,
    about: [pod, id, pressed.channel ?? ''].join('/'),
    title: fill('task-card', give ? 'give-title' : 'comment-title'),
    lead: `#${task.number} ${task.title}`,
    submit: fill('task-card', give ? 'give-submit' : 'comment-submit'),
    cancel: fill('task-card', 'cancel'),
    field,
  });
  await slack.sender.openForm({ triggerId: pressed.triggerId, view });
}

/** Does what the form says, in the name of whoever filled it in. A refusal is told to them alone, where they clicked. */
export async function formSubmitted(slack: SlackContext, submitted: Form): Promise<void> {
  const person = await personOf(slack, submitted.user);
  if (!person) return;
  const [pod = '', id = '', channel = ''] = submitted.about.split('/');
  try {
    await fulfil(slack, submitted, { person, pod, id });
  } catch (error) {
    const post = notice(sentenceOf(error));
    if (channel) await slack.sender.ephemeral({ channel, user: submitted.user, post });
  }
}

async function fulfil(
  slack: SlackContext,
  { form, values, triggerId }: Form,
  { person, pod, id }: { person: PersonDoc; pod: string; id: string },
): Promise<void> {
  const asked = { as: person, pod: { id: pod }, via: 'slack', key: `form:${triggerId}` } as const;
  const given = values[FIELD] ?? '';
  switch (form) {
    case formIds.giveTask:
      await enter(slack, {
        ...asked,
        action: 'assign_task',
        input: { task: id, assignee: given === NOBODY ? null : given },
      });
      return;
    case formIds.commentOnTask: {
      const { conversation } = await taskNamed(slack, pod, id);
      await enter(slack, { ...asked, action: 'post_message', input: { conversation, text: given } });
      return;
    }
    default:
      form satisfies never;
  }
}

const NOBODY = 'nobody';

async function members({ read, texts: { fill } }: SlackContext, task: TaskDoc): Promise<Field> {
  const all = (await presentIn(read, task.pod)).filter(({ id }) => id !== task.assignee);
  const options = all.slice(0, MOST_OPTIONS - 1).map(({ id, name }) => ({ label: name, value: id as string }));
  const nobody = task.assignee ? [{ label: fill('task-card', 'give-nobody'), value: NOBODY }] : [];
  const more = all.length - options.length;
  return {
    label: fill('task-card', 'give-who'),
    options: [...options, ...nobody],
    ...(more > 0 ? { hint: fill('task-card', 'give-more', { count: more, number: task.number }) } : {}),
  };
}

async function taskNamed({ read }: SlackContext, pod: string, id: string): Promise<TaskDoc & { title: string }> {
  const doc = await read.get(TASKS, id);
  const [task] = doc?.pod === pod && !doc.erased ? await withTitles(read, [doc]) : [];
  if (task) return task;
  throw new NotFound('This task is not there any more.');
}
