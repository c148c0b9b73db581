// Does what a filled-in form says, in the name of whoever filled it in. A form that is refused opens again, with its words.
import { NotAllowed } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { shownTime } from '../../../pods/local-time.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { type Entered, enter } from '../../enter.ts';
import { type Started, startedWords } from '../../start-workflow.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { personOf } from '../people/people.ts';
import { isMemberOf } from '../pods.ts';
import { takenFrom } from '../tasks/from-message.ts';
import { showCard } from '../tasks/show-card.ts';
import { type About, aboutOf, digestOf } from './about.ts';
import { shownFields } from './fields.ts';
import { whisper, withWords, wordsIn } from './give-back.ts';
import { inputOfForm, type Refused, refusedBy } from './given.ts';
import { openActionForm } from './open.ts';
import { withRoles } from './role-fields.ts';

type Form = Extract<Inbound, { kind: 'form' }>;

export async function formSubmitted(slack: SlackContext, submitted: Form): Promise<void> {
  const person = await personOf(slack, submitted.user);
  if (!person) return;
  const about = aboutOf(submitted.about);
  const definition = actionNamed(ACTIONS, about.action);
  const read = inputOfForm(definition, about, withRoles(submitted.values));
  if (read.kind === 'refused') return again(slack, submitted, { person, about, definition }, read.refused);
  let done: Entered;
  try {
    done = await does(slack, submitted, { person, about, input: read.input });
  } catch (error) {
    const shown = shownFields(definition, about.fixed).map(({ name }) => name);
    return again(slack, submitted, { person, about, definition }, refusedBy(error, shown, submitted.values));
  }
  // The act stands now. A form that came back after this point would be submitted again, and the act done twice.
  const key = `card:${keyOfForm(submitted)}`;
  if (about.action === 'create_task' && about.pod) {
    const { task } = done.result as { task: { id: string } };
    await showCard(slack, { person, pod: about.pod, task: task.id, key });
  }
  await told(slack, submitted, { person, about, definition, done });
}

/**
 * Returns the idempotency key of a filled-in form. A person whose client saw no answer submits the same view again, which
 * has another trigger then. Other words in that view are another act.
 */
export function keyOfForm({ view, values }: Pick<Form, 'view' | 'values'>): string {
  return `form:${view}:${digestOf(JSON.stringify(values))}`;
}

async function does(
  slack: SlackContext,
  submitted: Form,
  { person, about, input }: { person: PersonDoc; about: About; input: object },
): Promise<Entered> {
  const { action, pod } = about;
  const origin = takenFrom(slack, about);
  const entry = { as: person, via: 'slack', ...(pod ? { pod: { id: pod } } : {}) } as const;
  return enter(slack, { ...entry, action, input, key: keyOfForm(submitted), ...(origin ? { origin } : {}) });
}

/** The card of a task and a thread show by themselves what was done. All else is told to whoever did it. */
const SHOWS_ITSELF = new Set([
  'create_task',
  'update_task',
  'assign_task',
  'give_back_task',
  'change_dependencies',
  'drop_task',
  'send_back',
  'settle_traces',
  'post_message',
  'start_conversation',
  'answer_question',
]);

async function told(
  slack: SlackContext,
  submitted: Form,
  { person, about, definition, done }: { person: PersonDoc; about: About; definition: AnyAction; done: Entered },
): Promise<void> {
  const { late } = done.result as { late?: string };
  if (late) return whisper(slack, submitted, about.channel, notice(late));
  if (!about.channel || SHOWS_ITSELF.has(about.action)) return;
  if (about.action === 'snooze_item') {
    const { until } = done.result as { until: string };
    const when = shownTime(person.timeZone ?? 'UTC', Date.parse(until));
    return whisper(slack, submitted, about.channel, notice(slack.texts.fill('notice', 'later-done', { when })));
  }
  if (about.action === 'start_workflow') {
    const words = startedWords(done.result as Started);
    return whisper(slack, submitted, about.channel, notice(slack.texts.fill('workflow-answer', 'started', words)));
  }
  const words = done.commit ? `${definition.title}: done.` : definition.title;
  await whisper(slack, submitted, about.channel, notice(words));
}

/**
 * Opens the form again with the words and the refusal. Slack allows it for three seconds; after that, the person gets
 * the refusal and their words in the channel, and only they see it.
 */
async function again(
  slack: SlackContext,
  submitted: Form,
  { person, about, definition }: { person: PersonDoc; about: About; definition: AnyAction },
  refused: Refused,
): Promise<void> {
  const { triggerId, values } = submitted;
  const { pod, channel, fixed, stored, task, from } = about;
  try {
    // A member who has left must not read the pod's names in the form.
    if (pod && !(await isMemberOf(slack, pod, person)))
      throw new NotAllowed(Object.values(refused.fields)[0] ?? refused.whole ?? '');
    await openActionForm(slack, {
      ...{ definition, pod, channel, triggerId, fixed, stored, values: switched(definition, fixed, values), refused },
      ...{ from, task },
    });
  } catch (error) {
    const why = refusalInSlack(error);
    slack.logger.info('form not opened again', { action: about.action, why });
    const said = [refused.whole, ...Object.values(refused.fields)].filter(Boolean).join(' ');
    await whisper(slack, submitted, channel, withWords(said, wordsIn(definition, fixed, values)));
  }
}

function switched(
  definition: AnyAction,
  fixed: About['fixed'],
  values: Record<string, string>,
): Record<string, string> {
  const switches = shownFields(definition, fixed).filter(({ kind }) => kind === 'switch');
  return { ...values, ...Object.fromEntries(switches.map(({ name }) => [name, values[name] ? 'true' : ''])) };
}
