// Handles /skein do, which performs any action by its name, with the action's fields as flags.

import { quiet } from '../../digest/quiet.ts';
import { actionNamed } from '../../log/act.ts';
import type { AnyAction } from '../../pods/action.ts';
import { ACTIONS, ALL_ACTIONS } from '../../pods/actions.ts';
import { memberNamed } from '../../pods/people/directory.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { takesPod } from '../../pods/pod/pod-named.ts';
import { taskNamed } from '../../pods/require.ts';
import { notice, outcome } from '../../slack/render/blocks.ts';
import { help } from '../../slack/render/items/lists.ts';
import type { Post } from '../../slack/render/render.ts';
import { type Entered, enter } from '../enter.ts';
import { isOneself } from '../notices/task-commands.ts';
import { ownDay } from '../own-day.ts';
import { doneWords } from '../typed/done-words.ts';
import { type Field, fieldsOf, flagName, flagsOf, inputOf, takeLoose } from '../typed/fields.ts';
import { nothingElse, parseFlags, textOf } from '../typed/flags.ts';
import { resultText } from '../typed/result.ts';
import { resultWords } from '../typed/result-words.ts';
import { wordsOfLine } from '../typed/words.ts';
import type { SlackContext } from './context.ts';
import { checkFits, namesMember, namesOwners, namesTask } from './forms/fields.ts';
import { openActionForm } from './forms/open.ts';
import { personOf } from './people/people.ts';
import { isMemberOf, podOf } from './pods.ts';
import { showCard } from './tasks/show-card.ts';
import { withUndo } from './tasks/undo-button.ts';
import { workflowsCommand } from './tasks/workflow.ts';
import { markdownOf } from './text.ts';

export const DO_HELP = [
  {
    usage: '/skein do <action> …',
    says: 'does any action there is; alone it opens a form. /skein do shows them all, and --help behind one its fields',
  },
];

interface Asked {
  channel: string;
  triggerId: string;
}

/**
 * Performs the action. Opens its form if something is missing that it needs; then it returns nothing. `typed`: the text
 * after “/skein do”, as Slack sends it. @throws UserFacingError
 */
export async function doTyped(
  slack: SlackContext,
  asked: Asked,
  person: PersonDoc,
  typed: string,
): Promise<Post | undefined> {
  const [name, ...raw] = wordsOfLine(typed);
  if (name === undefined) return everyAction();
  const definition = actionNamed(ACTIONS, name);
  const fields = fieldsOf(definition);
  const words = await Promise.all(raw.map((word) => readable(slack, word)));
  const given = parseFlags(words, [...flagsOf(fields), ...OF_EVERY_ACTION]);
  if (given.flags.get('help') === true) return helpOf(definition);
  takeLoose(fields, given);
  nothingElse(given, 'Each field has a flag of its own, and quotes keep words together: --title "Two words".');
  const { today } = fields.some(({ day }) => day) ? await ownDay(slack.read, person, slack.clock()) : { today: '' };
  const input = withOneself(fields, inputOf(fields, given, today), person);
  const here = takesPod(definition) ? await podHere(slack, asked, person) : undefined;
  // Which roles there are to fill depends on the workflow, so it is chosen first. What was typed already stands in the form of all fields.
  if (name === 'start_workflow' && !Object.keys(input).length) return workflowsCommand(slack, person);
  const named = textOf(given, 'pod');
  if (!named && isHalf(definition, fields, input) && (here || !takesPod(definition))) {
    await openHalf(slack, asked, definition, here?.id, input);
    return undefined;
  }
  const key = `do:${asked.triggerId}`;
  const entered = await enter(slack, { as: person, pod: named ?? here, action: name, input, via: 'slack', key });
  if (given.flags.get('yaml') === true) return outcome(definition.title, resultText(entered.result));
  return answerOf(slack, person, definition, { ...entered, key });
}

/** “me” is whoever writes it. */
function withOneself(
  fields: readonly Field[],
  input: Record<string, unknown>,
  { id }: PersonDoc,
): Record<string, unknown> {
  const own = fields.filter((field) => namesMember(field) && isOneself(String(input[field.name] ?? '')));
  return { ...input, ...Object.fromEntries(own.map(({ name }) => [name, id])) };
}

/** One rule for every action: whatever was done is told as the history tells it, and whatever was read as lines. */
export async function answerOf(
  slack: SlackContext,
  person: PersonDoc,
  { name, title }: AnyAction,
  { result, commit, key }: Entered & { key: string },
): Promise<Post> {
  if (!commit) return outcome(title, resultWords(result));
  const did = await doneWords(slack.read, commit);
  const { task } = result as { task?: { id?: string } };
  const about = { person, pod: commit.pod, task: task?.id ?? '', key: `card:${key}` };
  const hasCard = name === 'create_task' && (await showCard(slack, about));
  const { late, away = [] } = result as { late?: string; away?: string[] };
  const done = did ? `Done: you ${quiet(did, MOST_SAID)}.` : `${title}: done.`;
  const words = [done, hasCard ? 'Its card is in the channel.' : '', late ?? '', ...away].filter(Boolean).join(' ');
  return withUndo(slack, person, notice(words), { task: task?.id, seq: commit.seq });
}

const MOST_SAID = 1500;

/** True if a needed field is missing, or if the command only says what is to be changed, and not how. */
function isHalf({ name, internal }: AnyAction, fields: readonly Field[], input: Record<string, unknown>): boolean {
  if (internal) return false;
  const [needed, more] = [fields.filter(({ required }) => required), fields.filter(({ required }) => !required)];
  if (needed.some((field) => !(field.name in input))) return true;
  // Where more than its subject is needed, a command that has it all says how.
  return name.startsWith('update_') && needed.length <= 1 && !more.some((field) => field.name in input);
}

/** A task by its number is the subject of the form. All else that was typed stands in its fields. */
async function openHalf(
  slack: SlackContext,
  { channel, triggerId }: Asked,
  definition: AnyAction,
  pod: string | undefined,
  input: Record<string, unknown>,
): Promise<void> {
  const { task, ...rest } = input;
  const found = pod && typeof task === 'string' ? await taskNamed(slack.read, pod, task) : undefined;
  const texts = Object.entries(rest).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    return [[name, Array.isArray(value) ? value.join('\n') : String(value)] as const];
  });
  const fixed = found ? { task: found.id } : {};
  const fields = fieldsOf(definition);
  const values = Object.fromEntries(texts);
  checkFits(fields, values);
  if (pod) await withIds(slack, pod, fields, values);
  await openActionForm(slack, { definition, pod, channel, triggerId, fixed, values });
}

/** A field in which one chooses knows members and tasks by their ids, and not by the names that were typed. @throws NotFound, InvalidInput */
async function withIds(
  { read }: SlackContext,
  pod: string,
  fields: readonly Field[],
  values: Record<string, string>,
): Promise<void> {
  for (const field of fields) {
    const typed = values[field.name];
    const idOf = namesMember(field) ? memberNamed : namesTask(field) ? taskNamed : undefined;
    if (!typed || !idOf) continue;
    const ids = typed
      .split('\n')
      .map((name) => (namesOwners(field) && OWNERS.test(name) ? { id: 'owners' } : idOf(read, pod, name)));
    values[field.name] = (await Promise.all(ids)).map(({ id }) => id).join('\n');
  }
}

const OWNERS = /^(the )?owners$/i;

const OPEN = ALL_ACTIONS.filter(({ internal }) => !internal);

function everyAction(): Post {
  const lines = OPEN.map(({ name, title }) => ({ usage: `/skein do ${name}`, says: title }));
  return help(lines, 'What you can do', 'Write --help behind one to see its fields.');
}

const OF_EVERY_ACTION = [
  { name: 'pod', takes: 'text' },
  { name: 'input', takes: 'text' },
  { name: 'help', takes: 'nothing' },
  /** The whole result, for those who want its ids. */
  { name: 'yaml', takes: 'nothing' },
] as const;

/** Replaces a mention by the person's id. Converts any other word to Markdown. */
async function readable(slack: SlackContext, word: string): Promise<string> {
  const user = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  const known = user ? await personOf(slack, user) : undefined;
  return known?.id ?? markdownOf(slack, word);
}

/** Returns the channel's pod. Undefined for a person who is not in it, who must not learn that it exists. */
async function podHere(slack: SlackContext, asked: Asked, person: PersonDoc): Promise<{ id: string } | undefined> {
  const pod = await podOf(slack, asked);
  return pod && (await isMemberOf(slack, pod.id, person)) ? pod : undefined;
}

function helpOf(definition: AnyAction): Post {
  const fields = fieldsOf(definition).map((field) => ({
    usage: `--${flagName(field)} ${field.shape}`.trimEnd(),
    says: [field.required ? 'needed' : '', field.about].filter(Boolean).join('; '),
  }));
  return help(fields, `/skein do ${definition.name}: ${definition.title}`, definition.description);
}
