// A digest in plain words, always the same for the same facts: what is sent when no model words it. Pure.

import { shownDay } from '../pods/local-time.ts';
import type { Texts } from '../texts/texts.ts';
import type { Facts, PodLink, PodNews, WaitingMails, WaitingMention, WaitingTask } from './facts.ts';
import { linked } from './quiet.ts';
import { listed } from './tell-news.ts';

/** A digest in words: Markdown, a heading and a few lines for each part. */
export interface Section {
  title: string;
  url?: string;
  lines: string[];
}

const MOST_TASKS = 8;
const MOST_MENTIONS = 5;
const MOST_HELD = 5;
/** The most facts of one pod. The line about its messages is not counted. */
const MOST_FACTS = 5;
/** The pods beyond are only named. */
export const MOST_PODS = 12;

export function inPlainWords(texts: Texts, facts: Facts): Section[] {
  const shown = facts.pods.slice(0, MOST_PODS);
  return [
    ...waiting(texts, facts),
    ...shown.map((pod) => podSection(texts, pod)),
    ...others(texts, facts.pods.slice(MOST_PODS)),
  ];
}

/** What waits is never worded by a model: these lines have to be exact. */
export function waiting(texts: Texts, { person, tasks, mentions, quarantined }: Facts): Section[] {
  const { say } = texts;
  const moreTasks = person.slack ? 'more-tasks-in-slack' : 'more-tasks';
  const lines = [
    ...cut(
      tasks.map((task) => taskLine(texts, task)),
      MOST_TASKS,
      (count) => say('digest', moreTasks, { count }),
    ),
    ...cut(
      quarantined.map((mails) => quarantineLine(texts, mails)),
      MOST_HELD,
      (count) => say('digest', 'more-mails', { count }),
    ),
    ...cut(
      mentions.map((mention) => mentionLine(texts, mention)),
      MOST_MENTIONS,
      (count) => say('digest', 'more-mentions', { count }),
    ),
  ];
  return lines.length ? [{ title: say('digest', 'waiting'), lines }] : [];
}

export function podSection(texts: Texts, { pod, facts, talk, more }: PodNews): Section {
  const { say } = texts;
  const lines = cut(
    facts.map(({ text, url }) => withLink(texts, text, url)),
    MOST_FACTS,
    (count) => say('digest', 'more-news', { count, podUrl: pod.url ?? '' }),
  );
  return { ...titled(pod), lines: [...lines, ...talkLines(texts, talk), ...earlier(texts, more)] };
}

/** Where the log holds more than was read. */
export function earlier({ say }: Texts, more: boolean): string[] {
  return more ? [say('digest', 'earlier')] : [];
}

export function titled({ name, url }: PodNews['pod']): Pick<Section, 'title' | 'url'> {
  return { title: name, ...(url ? { url } : {}) };
}

export function withLink({ say }: Texts, text: string, url: string | undefined): string {
  return url ? say('digest', 'news', { text, url }) : text;
}

export function talkLines({ say }: Texts, { messages, by, threads }: PodNews['talk']): string[] {
  if (!messages) return [];
  const shown = threads.map(({ label, url = '' }) =>
    say('digest', 'thread', { title: label || say('digest', 'thread-without-title'), url }),
  );
  const fields = { people: listed(by), threads: shown.join(', ') };
  return [
    messages === 1 ? say('digest', 'message', fields) : say('digest', 'messages', { count: messages, ...fields }),
  ];
}

export function others({ say }: Texts, pods: readonly PodNews[]): Section[] {
  if (!pods.length) return [];
  return [{ title: say('digest', 'more-pods'), lines: [pods.map(({ pod }) => linked(pod.name, pod.url)).join(', ')] }];
}

const podFields = ({ name, url = '' }: PodLink) => ({ pod: name, podUrl: url });

function taskLine({ say }: Texts, { pod, number, title, due = '', when, url = '' }: WaitingTask): string {
  const fields = { number, title, url, ...podFields(pod) };
  const dated = { day: due && shownDay(due), ...fields };
  switch (when) {
    case 'overdue':
      return say('digest', 'task-overdue', dated);
    case 'today':
      return say('digest', 'task-due-today', fields);
    case 'open':
      return due ? say('digest', 'task-due', dated) : say('digest', 'task-open', fields);
    default:
      return when satisfies never;
  }
}

function quarantineLine({ say }: Texts, { pod, mails }: WaitingMails): string {
  return mails === 1
    ? say('digest', 'mail', podFields(pod))
    : say('digest', 'mails', { count: mails, ...podFields(pod) });
}

function mentionLine({ say }: Texts, { pod, by, text, url = '' }: WaitingMention): string {
  return say('digest', 'mention', { person: by, text, url, ...podFields(pod) });
}

/** `rest` stands for two at least. */
function cut(lines: readonly string[], most: number, rest: (more: number) => string): string[] {
  return lines.length > most ? [...lines.slice(0, most - 1), rest(lines.length - most + 1)] : [...lines];
}
