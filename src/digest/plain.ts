// A digest in plain words, always the same for the same facts: what is sent when no model words it. Pure.

import { shownDay } from '../pods/local-time.ts';
import type { Facts, PodNews, WaitingMails, WaitingMention, WaitingTask } from './facts.ts';
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
/** Of one pod, without its line of messages. */
const MOST_FACTS = 5;
/** The pods beyond are only named. */
export const MOST_PODS = 12;

export function inPlainWords(facts: Facts): Section[] {
  const shown = facts.pods.slice(0, MOST_PODS);
  return [...waiting(facts), ...shown.map(podSection), ...others(facts.pods.slice(MOST_PODS))];
}

/** What waits is never worded by a model: these lines have to be exact. */
export function waiting({ person, tasks, mentions, held }: Facts): Section[] {
  const taskLines = cut(
    tasks.map(taskLine),
    MOST_TASKS,
    (rest) => `and ${counted(rest, 'more task')}${person.slack ? ': `/skein tasks`' : ''}`,
  );
  const lines = [
    ...taskLines,
    ...cut(held.map(heldLine), MOST_HELD, (rest) => `and mails to ${counted(rest, 'more pod')}`),
    ...cut(mentions.map(mentionLine), MOST_MENTIONS, (rest) => `and ${counted(rest, 'more mention')}`),
  ];
  return lines.length ? [{ title: 'Waits for you', lines }] : [];
}

export function podSection({ pod, facts, talk, more }: PodNews): Section {
  const lines = cut(
    facts.map(({ text, url }) => withLink(text, url)),
    MOST_FACTS,
    (rest) => `and ${linked(`${rest} more`, pod.url)}`,
  );
  return { ...titled(pod), lines: [...lines, ...talkLines(talk), ...(more ? [MORE] : [])] };
}

export const MORE = 'There was more before this.';

export function titled({ name, url }: PodNews['pod']): Pick<Section, 'title' | 'url'> {
  return { title: name, ...(url ? { url } : {}) };
}

export function withLink(text: string, url: string | undefined): string {
  return url ? `${text} (${linked('thread', url)})` : text;
}

export function talkLines({ messages, by, threads }: PodNews['talk']): string[] {
  if (!messages) return [];
  const shown = threads.map(({ label, url }) => linked(`“${label}”`, url)).join(', ');
  return [`${counted(messages, 'message')} by ${listed(by)}: ${shown}`];
}

export function others(pods: readonly PodNews[]): Section[] {
  if (!pods.length) return [];
  return [{ title: 'Also new', lines: [pods.map(({ pod }) => linked(pod.name, pod.url)).join(', ')] }];
}

function taskLine({ pod, number, title, due, when, url }: WaitingTask): string {
  const task = `${linked(`#${number}`, url)} “${title}” in ${linked(pod.name, pod.url)}`;
  switch (when) {
    case 'overdue':
      return `**Overdue since ${shownDay(due ?? '')}:** ${task}`;
    case 'today':
      return `**Due today:** ${task}`;
    case 'open':
      return due ? `Due ${shownDay(due)}: ${task}` : `Open: ${task}`;
    default:
      when satisfies never;
      return task;
  }
}

function heldLine({ pod, mails }: WaitingMails): string {
  return `${counted(mails, 'mail')} to ${linked(pod.name, pod.url)} ${mails === 1 ? 'waits' : 'wait'} for an owner’s word`;
}

function mentionLine({ pod, by, text, url }: WaitingMention): string {
  return `${by} ${linked('asked or told you', url)} in ${linked(pod.name, pod.url)}: “${text}”`;
}

function cut(lines: readonly string[], most: number, rest: (more: number) => string): string[] {
  return lines.length > most ? [...lines.slice(0, most - 1), rest(lines.length - most + 1)] : [...lines];
}

function counted(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
