// Loads and shows questions: their names, texts and outcome. Skein writes the sentences; the words in them are their
// authors'.
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { type Said, said } from '../../log/body.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { marked } from '../marked.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute } from '../require.ts';
import { TASKS, type TaskDoc } from '../tasks/task.ts';
import { type Answer, numberOf, QUESTIONS, type QuestionDoc } from './question.ts';

/** Returns a question by `q3` or its id. @throws NotFound */
export async function questionNamed(read: Reader, pod: string, text: string): Promise<QuestionDoc> {
  const number = /^#?q(\d{1,9})$/i.exec(text.trim())?.[1];
  const [question] = number
    ? await read.find(QUESTIONS, { where: { pod, number: Number(number) }, limit: 1 })
    : [await read.get(QUESTIONS, text.trim())];
  if (question?.pod === pod && !question.erased) return question;
  throw new NotFound(`There is no question “${text}” in this pod. list_questions shows them with their numbers.`);
}

export function peopleIn(question: QuestionDoc): ParticipantId[] {
  const { by, asked, fallback, answers, withdrawn, passed = [] } = question;
  return [
    by,
    ...asked,
    ...(fallback ? [fallback] : []),
    ...passed.flatMap(({ from, to }) => [...from, ...(to === 'owners' ? [] : [to])]),
    ...answers.flatMap((one) => [one.by, ...(one.for ? [one.for] : [])]),
    ...(withdrawn ? [withdrawn.by] : []),
  ];
}

export function namesIn(read: Reader, questions: readonly QuestionDoc[]): Promise<Map<ParticipantId, Named>> {
  return namesOfAll(read, questions.flatMap(peopleIn));
}

export interface ShownQuestion {
  id: string;
  number: string;
  question: Said;
  state: QuestionDoc['state'];
  from: string;
  to: string[];
  options?: Said[];
  conversation: string;
  needed_by?: string;
  answers?: { from: string; at: string; choice?: Said; words?: Said }[];
  says?: string;
  outside?: true;
}

export function shownQuestion(doc: QuestionDoc, names: ReadonlyMap<ParticipantId, Named>): ShownQuestion {
  const { id, body, state, by, options, conversation, neededBy, answers, labels } = doc;
  return {
    id,
    number: numberOf(doc),
    question: said(body, labels?.body),
    state,
    from: called(names, by).name,
    to: askedNames(doc, names),
    conversation,
    ...(options.length ? { options: options.map((one) => said(one)) } : {}),
    ...(neededBy ? { needed_by: minute(neededBy) } : {}),
    ...(answers.length
      ? {
          answers: answers.map((one) => ({
            from: answererName(one, names),
            at: minute(one.at),
            ...(one.choice ? { choice: said(one.choice) } : {}),
            ...(one.words ? { words: said(one.words) } : {}),
          })),
        }
      : {}),
    ...(state === 'open' ? {} : { says: outcomeWords(doc, names) }),
    ...marked([labels?.body]),
  };
}

/** Returns the name of whoever answered: “Ben Okafor”, or “Ben Okafor, for Maja Brandt” of a deputy. */
export function answererName(
  { by, for: absent }: Pick<Answer, 'by' | 'for'>,
  names: ReadonlyMap<ParticipantId, Named>,
): string {
  const name = called(names, by).name;
  return absent ? `${name}, for ${called(names, absent).name}` : name;
}

/** Returns the names as the subject of a sentence: “Ada Lindqvist and Ben Okafor, for Maja Brandt,”. */
function answerersIn(answers: readonly Answer[], names: ReadonlyMap<ParticipantId, Named>): string {
  const all = answers.map((one) => `${answererName(one, names)}${one.for ? ',' : ''}`);
  return answers.some((one) => one.for) ? all.join(' and ') : all.join(', ');
}

export function askedNames(
  { asked, role }: Pick<QuestionDoc, 'asked' | 'role'>,
  names: ReadonlyMap<ParticipantId, Named>,
): string[] {
  return [...asked.map((one) => called(names, one).name), ...(role ? ['the owners'] : [])];
}

/** Says how a question was settled, without anybody's words: “Ben Okafor answered q3 at 2026-11-29T10:32Z.” */
export function outcomeWords(doc: QuestionDoc, names: ReadonlyMap<ParticipantId, Named>): string {
  const { state, answers, settledAt = 0, withdrawn } = doc;
  const [q, at] = [numberOf(doc), minute(settledAt)];
  const who = (id: ParticipantId) => called(names, id).name;
  switch (state) {
    case 'answered':
      return `${answerersIn(answers, names)} answered ${q} at ${at}.`;
    case 'expired':
      return `Nobody answered ${q} in time; it ended at ${at}.`;
    case 'withdrawn': {
      const by = withdrawn ? who(withdrawn.by) : 'Skein';
      return `${by} ${WITHDRAWN[withdrawn?.why ?? 'asker'](q)} at ${at}.`;
    }
    case 'open':
      return `${q} is open.`;
    default:
      state satisfies never;
      return '';
  }
}

/** Says to the author of a late answer how the question was settled, and what became of its task meanwhile. */
export async function lateWords(read: Reader, doc: QuestionDoc): Promise<string> {
  const task = doc.task ? await read.get(TASKS, doc.task) : undefined;
  const names = await namesOfAll(read, [
    ...peopleIn(doc),
    ...(task ? [task.doneBy, task.assignee, task.dropped?.by] : []),
  ]);
  return [outcomeWords(doc, names), ...(task ? [taskOutcome(task, names)] : [])].join(' ');
}

function taskOutcome(
  { number, state, doneBy, doneAt, assignee, dropped }: TaskDoc,
  names: ReadonlyMap<ParticipantId, Named>,
): string {
  if (state === 'done')
    return `Its task #${number} is done${doneBy ? `: ${called(names, doneBy).name} finished it` : ''}${doneAt ? ` at ${minute(doneAt)}` : ''}.`;
  if (state === 'dropped')
    return `Its task #${number} was dropped${dropped ? ` by ${called(names, dropped.by).name}` : ''}.`;
  if (state === 'erased') return `Its task #${number} was erased.`;
  const whose = assignee ? `and with ${called(names, assignee).name}` : 'and with nobody';
  return `Its task #${number} is ${state === 'started' ? 'begun' : 'still open'} ${whose}.`;
}

const WITHDRAWN = {
  asker: (q: string) => `took ${q} back`,
  stopped: (q: string) => `stopped the work that ${q} belonged to`,
  done: (q: string) => `finished the task that ${q} belonged to`,
  erased: (q: string) => `erased ${q}`,
  dropped: (q: string) => `dropped the task that ${q} belonged to`,
  undecided: (q: string) => `gave ${q} to the owners, because there was no answer that both agreed on,`,
  given_on: (q: string) => `took the task from its agent, so ${q} was withdrawn`,
  freed: (q: string) => `does not go with every step any more, so ${q} was withdrawn`,
  moot: (q: string) => `changed or erased what ${q} was about`,
};
