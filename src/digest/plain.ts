// Writes the text of a digest without a model. It is used if there is no model or if the model fails. Deterministic.
// Pure.

import { shownDay } from '../pods/local-time.ts';
import type { Line, Section } from '../pods/telling/notices/sent-digest.ts';
import type { Texts } from '../texts/texts.ts';
import type { Facts, PodLink, PodNews, WaitingMails, WaitingMention, WaitingTask } from './facts.ts';
import { listed } from './news-facts.ts';
import { linked } from './quiet.ts';

const MOST_TASKS = 8;
const MOST_MENTIONS = 5;
const MOST_ITEMS = 8;
const MOST_HELD = 5;
const MOST_YOURS = 8;
/** The most facts of one pod that are shown. The line about its messages does not count. */
const MOST_FACTS = 5;
/** The most pods whose news is shown in detail. Further pods are only listed by name. */
export const MOST_PODS = 12;

export function inPlainWords(texts: Texts, facts: Facts): Section[] {
  const shown = facts.pods.slice(0, MOST_PODS);
  return [
    ...waiting(texts, facts),
    ...ownWork(texts, facts),
    ...shown.map((pod) => podSection(texts, pod)),
    ...others(texts, facts.pods.slice(MOST_PODS)),
  ];
}

/** Items that were not told yet come first. Never worded by a model, because these lines must be exact. */
export function waiting(
  texts: Texts,
  { person, tasks: all, mentions: named, items = [], quarantined }: Facts,
): Section[] {
  const { fill } = texts;
  const before = <T extends { untold?: number }>(list: readonly T[]) =>
    list.filter(({ untold }) => untold === undefined);
  const [tasks, mentions] = [before(all), before(named)];
  const moreTasks = person.slack ? 'more-tasks-in-slack' : 'more-tasks';
  const first = [
    ...all.map((task) => ({ place: task.untold, line: taskLine(texts, task) })),
    ...named.map((mention) => ({ place: mention.untold, line: mentionLine(texts, mention) })),
    ...items.map(({ untold, ...line }) => ({ place: untold, line })),
  ].flatMap(({ place, line }) => (place === undefined ? [] : [{ place, line }]));
  const lines = [
    ...first.sort((a, b) => a.place - b.place).map(({ line }) => line),
    ...cut(
      before(items).map(({ untold: _untold, ...line }) => line),
      MOST_ITEMS,
      (count) => fill('digest', 'more-items', { count }),
    ),
    ...cut(
      tasks.map((task) => taskLine(texts, task)),
      MOST_TASKS,
      (count) => fill('digest', moreTasks, { count }),
    ),
    ...cut(
      quarantined.map((mails) => ({ text: quarantineLine(texts, mails) })),
      MOST_HELD,
      (count) => fill('digest', 'more-mails', { count }),
    ),
    ...cut(
      mentions.map((mention) => mentionLine(texts, mention)),
      MOST_MENTIONS,
      (count) => fill('digest', 'more-mentions', { count }),
    ),
  ];
  return lines.length ? [{ title: fill('digest', 'waiting'), lines, waits: true }] : [];
}

/** The news of the reader's own work. Never worded by a model, as above. */
export function ownWork(texts: Texts, { yours = [] }: Facts): Section[] {
  const { fill } = texts;
  const lines = cut(
    yours.map(({ text, url, pod, about }) => ({
      text: fill('digest', 'own-news', { text: withLink(texts, text, url), ...podFields(pod) }),
      ...repeats(about),
    })),
    MOST_YOURS,
    (count) => fill('digest', 'more-items', { count }),
  );
  return lines.length ? [{ title: fill('digest', 'own-work'), lines }] : [];
}

export function podSection(texts: Texts, { pod, facts, talk, more }: PodNews): Section {
  const { fill } = texts;
  const lines = cut(
    facts.map(({ text, url, about }) => ({ text: withLink(texts, text, url), ...repeats(about) })),
    MOST_FACTS,
    (count) => fill('digest', 'more-news', { count, podUrl: pod.url ?? '' }),
  );
  return { ...titled(pod), lines: [...lines, ...talkLines(texts, talk), ...earlier(texts, more)] };
}

/** Returns the line that says that earlier news was skipped. Empty if all news was read. */
export function earlier({ fill }: Texts, more: boolean): Line[] {
  return more ? [{ text: fill('digest', 'earlier') }] : [];
}

export function titled({ name, url }: PodNews['pod']): Pick<Section, 'title' | 'url'> {
  return { title: name, ...(url ? { url } : {}) };
}

export function withLink({ fill }: Texts, text: string, url: string | undefined): string {
  return url ? fill('digest', 'news', { text, url }) : text;
}

export function talkLines({ fill }: Texts, { messages, by, threads }: PodNews['talk']): Line[] {
  if (!messages) return [];
  const shown = threads.map(({ label, url = '' }) =>
    fill('digest', 'thread', { title: label || fill('digest', 'thread-without-title'), url }),
  );
  const fields = { people: listed(by), threads: shown.join(', ') };
  const text =
    messages === 1 ? fill('digest', 'message', fields) : fill('digest', 'messages', { count: messages, ...fields });
  return [{ text, ...repeats(threads.flatMap(({ about }) => about)) }];
}

/** Returns the ids as a part of a line; nothing if there are none. */
export function repeats(about: readonly string[] = []): Pick<Line, 'about'> {
  return about.length ? { about: [...new Set(about)] } : {};
}

export function others({ fill }: Texts, pods: readonly PodNews[]): Section[] {
  if (!pods.length) return [];
  const text = pods.map(({ pod }) => linked(pod.name, pod.url)).join(', ');
  return [{ title: fill('digest', 'more-pods'), lines: [{ text }] }];
}

const podFields = ({ name, url = '' }: PodLink) => ({ pod: name, podUrl: url });

function taskLine(texts: Texts, task: WaitingTask): Line {
  const line = taskText(texts, task);
  const text = task.waits ? texts.fill('waiting', 'waits', { line, tasks: task.waits }) : line;
  return { text, about: [task.id], ...(task.item ? { item: task.item } : {}) };
}

function taskText({ fill }: Texts, { pod, number, title, due = '', when, url = '' }: WaitingTask): string {
  const fields = { number, title, url, ...podFields(pod) };
  const dated = { day: due && shownDay(due), ...fields };
  switch (when) {
    case 'overdue':
      return fill('digest', 'task-overdue', dated);
    case 'today':
      return fill('digest', 'task-due-today', fields);
    case 'open':
      return due ? fill('digest', 'task-due', dated) : fill('digest', 'task-open', fields);
    default:
      return when satisfies never;
  }
}

function quarantineLine({ fill }: Texts, { pod, mails }: WaitingMails): string {
  return mails === 1
    ? fill('digest', 'mail', podFields(pod))
    : fill('digest', 'mails', { count: mails, ...podFields(pod) });
}

function mentionLine({ fill }: Texts, { pod, id, by, text, url = '', item }: WaitingMention): Line {
  const line = fill('digest', 'mention', { person: by, text, url, ...podFields(pod) });
  return { text: line, about: [id], ...(item ? { item } : {}) };
}

/**
 * Truncates the list to `most` lines. `rest` returns the line that replaces the omitted lines, of which there are at
 * least two.
 */
function cut(lines: readonly Line[], most: number, rest: (more: number) => string): Line[] {
  return lines.length > most ? [...lines.slice(0, most - 1), { text: rest(lines.length - most + 1) }] : [...lines];
}
