// list_awaited: lists what a person waits for from others, in all their pods: open questions that they asked, and tasks
// that they gave and that are not done.
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
import { waits } from '../../tasks/graph/ready.ts';
import { waitsWords } from '../../tasks/graph/waits-words.ts';
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
    const [texts, names] = await Promise.all([
      read.labelled(shown.map(({ question }) => question?.body || undefined)),
      namesOfAll(
        read,
        shown.flatMap((one) => [...doers(one), ...(one.task ? namedIn(one.task) : [])]),
      ),
    ]);
    return { all, shown, pods, texts, names };
  },
  decide({ all, shown, pods, texts, names }) {
    const more = all.length - shown.length;
    const labels = shown.map(({ task, question }) => (task ? task.labels?.titleRef : texts.get(question.body)?.label));
    return {
      changes: [],
      result: {
        awaited: shown.map((one): ShownAwaited => {
          const { id = '', name = '' } = pods.get((one.question ?? one.task).pod) ?? {};
          return { ...shownOf(one, names, texts), pod: { id, name } };
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
    ...tasks
      .filter(({ erased, assignee }) => !erased && assignee !== who)
      .map((task) => ({ task, at: task.givenAt ?? task.createdAt })),
  ];
  return all.sort((a, b) => a.at - b.at);
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

function doers({ question, task }: Awaited): (ParticipantId | undefined)[] {
  if (task) return [task.assignee];
  const answered = question.answers.map(answererOf);
  return question.asked.filter((one) => !answered.includes(one));
}

function shownOf(
  one: Awaited,
  names: ReadonlyMap<ParticipantId, Named>,
  texts: ReadonlyMap<string, Text>,
): Omit<ShownAwaited, 'pod'> {
  const { question, task } = one;
  const who = doers(one).flatMap((id) => (id ? [called(names, id).name] : []));
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
