// list_awaited: lists what a person waits for from others, in all their pods: open questions that they asked, and tasks
// that they gave and that are not done. The steps of a workflow are one line.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { type Quoted, quoted, type Said, said, type Text } from '../../../log/body.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { marked } from '../../marked.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { numberOf, QUESTIONS, type QuestionDoc } from '../../questions/question.ts';
import { answererOf } from '../../questions/settling/stand-in.ts';
import { minute } from '../../require.ts';
import { excerpt } from '../../search/excerpt.ts';
import { isActive, ready, waits } from '../../tasks/graph/ready.ts';
import { listed, waitsWords } from '../../tasks/graph/waits-words.ts';
import { partsOf, progressIn, progressWords } from '../../tasks/parts/progress.ts';
import { namedIn, reviewWords } from '../../tasks/review/review-words.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../tasks/task.ts';
import { activePodsOf } from './waiting.ts';
import { whose, within } from './whose.ts';

/** One thing for which a person waits. */
export interface ShownAwaited {
  why: 'question' | 'task';
  pod: { id: string; name: string };
  /** The names of those who are to do it. Empty if nobody has the task. */
  with: string[];
  task?: string;
  state?: string;
  title?: Said;
  question?: string;
  text?: Quoted;
  /** How its review stands, in words. */
  review?: string;
  /** The tasks for which it waits, in words. */
  waits_for?: string;
  /** How many of its parts are done: “1 of 5 parts done”. Set if it is a workflow, with its steps. */
  parts?: string;
  /** The steps of the workflow that can be done now, and who has them: “#2 with Scribe and #3 with you”. */
  now?: string;
  due?: string;
  needed_by?: string;
  conversation?: string;
  since: string;
}

/** More than a person waits for. */
const MOST = 500;

type Awaited = { at: number } & ({ question: QuestionDoc; task?: never } | { task: TaskDoc; question?: never });

export const listAwaited = action({
  name: 'list_awaited',
  title: 'List what you wait for',
  description:
    'Lists what the person you are or act for waits for from others, the oldest first: questions they asked, tasks they gave.',
  input: z.strictObject({ limit: z.int().min(1).max(50).default(20) }),
  effect: 'read',
  own: true,
  allow: 'anyone',
  async load(read, { limit }, ctx) {
    const who = whose(ctx);
    const found = await awaitedBy(read, who);
    const podOf = ({ question, task }: Awaited) => (question ?? task).pod;
    const pods = await activePodsOf(read, who, found.map(podOf), within(ctx).within);
    const all = found.filter((one) => pods.has(podOf(one)));
    const shown = all.slice(0, limit);
    const steps = await partsOf(
      read,
      shown.flatMap(({ task }) => (task?.workflow === undefined ? [] : [task])),
    );
    const [texts, names] = await Promise.all([
      read.labelled(shown.map(({ question }) => question?.body || undefined)),
      namesOfAll(
        read,
        shown.flatMap((one) => [...doers(one, steps), ...(one.task ? namedIn(one.task) : [])]),
      ),
    ]);
    return { who, all, shown, pods, texts, names, steps };
  },
  decide({ all, shown, pods, ...view }) {
    const more = all.length - shown.length;
    const labels = shown.map(({ task, question }) =>
      task ? task.labels?.titleRef : view.texts.get(question.body)?.label,
    );
    return {
      changes: [],
      result: {
        awaited: shown.map((one): ShownAwaited => {
          const { id = '', name = '' } = pods.get((one.question ?? one.task).pod) ?? {};
          return { ...shownOf(one, view), pod: { id, name } };
        }),
        ...(more ? { more: `${more} more` } : {}),
        ...marked(labels),
      },
    };
  },
});

/** A task that the person has themselves is not awaited. */
async function awaitedBy(read: Reader, who: ParticipantId): Promise<Awaited[]> {
  const { questions, tasks } = await givenBy(read, [who]);
  const all: Awaited[] = [
    ...questions.filter(({ erased }) => !erased).map((question) => ({ question, at: question.at })),
    ...(await withoutSteps(
      read,
      tasks.filter(({ erased, assignee }) => !erased && assignee !== who),
    )),
  ];
  return all.sort((a, b) => a.at - b.at);
}

/** In place of the steps of a workflow stands the workflow, also if the person has that themselves: they wait for its end. */
async function withoutSteps(read: Reader, tasks: readonly TaskDoc[]): Promise<Awaited[]> {
  const ids = [...new Set(tasks.flatMap(({ parent }) => parent ?? []))];
  const found = ids.length ? await read.find(TASKS, { where: { id: { in: ids } } }) : [];
  const workflows = found.filter((one) => one.workflow !== undefined && isActive(one));
  const known = new Set(workflows.map(({ id }) => id));
  return [
    ...workflows.map((task) => ({ task, at: task.createdAt })),
    ...tasks
      .filter(({ id, parent = '' }) => !known.has(id) && !known.has(parent))
      .map((task) => ({ task, at: task.givenAt ?? task.createdAt })),
  ];
}

/** The open questions and tasks that these people gave. Each of the four queries goes along an index. */
export async function givenBy(
  read: Reader,
  people: readonly ParticipantId[],
): Promise<{ questions: QuestionDoc[]; tasks: TaskDoc[] }> {
  const [who, state] = [{ in: people }, { in: ACTIVE }];
  const limit = MOST * people.length;
  const [questions, ...given] = await Promise.all([
    read.find(QUESTIONS, { where: { by: who, state: 'open' }, limit }),
    read.find(TASKS, { where: { createdBy: who, state }, limit }),
    read.find(TASKS, { where: { givenBy: who, state } as never, limit }),
    read.find(TASKS, { where: { gave: who, state } as never, limit }),
  ]);
  return { questions, tasks: [...new Map(given.flat().map((task) => [task.id, task])).values()] };
}

function doers({ question, task }: Awaited, steps: View['steps']): (ParticipantId | undefined)[] {
  if (task) return (steps.get(task.id)?.filter(ready) ?? [task]).map(({ assignee }) => assignee);
  const answered = question.answers.map(answererOf);
  return question.asked.filter((one) => !answered.includes(one));
}

interface View {
  /** The reader of the list. */
  who: ParticipantId;
  names: ReadonlyMap<ParticipantId, Named>;
  texts: ReadonlyMap<string, Text>;
  /** The steps of the workflows, by the ids of these. */
  steps: ReadonlyMap<string, readonly TaskDoc[]>;
}

function shownOf(one: Awaited, view: View): Omit<ShownAwaited, 'pod'> {
  const { names, texts } = view;
  const { question, task } = one;
  const who = [...new Set(doers(one, view.steps))].flatMap((id) => (id ? [called(names, id).name] : []));
  const { conversation } = question ?? task;
  const about = { ...(conversation ? { conversation } : {}), since: minute(one.at) };
  if (task) {
    const { number, state, titleRef, labels, due } = task;
    const title = said(titleRef, labels?.titleRef);
    const review = reviewWords(task, names);
    const waiting = waits(task);
    return {
      ...{ why: 'task', with: who, task: `#${number}`, state, title },
      ...(review ? { review } : {}),
      ...(waiting.length ? { waits_for: waitsWords(waiting, names) } : {}),
      ...stepsSaid(task, view),
      ...(due ? { due } : {}),
      ...about,
    };
  }
  const { body, role, neededBy } = question;
  const text = texts.get(body);
  return {
    ...{ why: 'question', with: [...who, ...(role ? ['the owners'] : [])], question: numberOf(question) },
    ...(text ? { text: quoted(excerpt(text.text, '', 200), text.label) } : {}),
    ...(neededBy ? { needed_by: minute(neededBy) } : {}),
    ...about,
  };
}

function stepsSaid(workflow: TaskDoc, { who, names, steps }: View): Pick<ShownAwaited, 'parts' | 'now'> {
  const of = steps.get(workflow.id);
  if (!of) return {};
  const holder = (one: ParticipantId | undefined) =>
    one === who ? 'you' : one === undefined ? 'nobody' : called(names, one).name;
  const now = of.filter(ready).map(({ number, assignee }) => `#${number} with ${holder(assignee)}`);
  return { parts: progressWords(progressIn(of)), ...(now.length ? { now: listed(now) } : {}) };
}
