// Renders lists for one person: tasks, pods, commands, and lines with buttons.
import { LISTED_ITEMS } from '../../limits.ts';
import { type Button, buttons, clip, list, message, section, sections } from '../blocks.ts';
import { escapeMrkdwn, linkedMrkdwn } from '../neutral.ts';
import type { Block, Post } from '../render.ts';

export interface ListedTask {
  id: string;
  title: string;
  status: string;
  assignee?: string;
}

export interface TaskList {
  pod: string;
  /** From the first page on. */
  tasks: readonly ListedTask[];
  /** From 1. */
  page?: number;
  /** True if there are more tasks than these, and nobody knows how many. */
  over?: boolean;
  /** Returns what to write for a page. */
  more(page: number): string;
}

export function taskList({ pod, tasks, page = 1, over, more }: TaskList): Post {
  if (tasks.length === 0) {
    const none = `${escapeMrkdwn(pod)} has no open tasks. Say what is to be done and who should do it.`;
    return message(none, [section(none)]);
  }
  const end = page * LISTED_ITEMS;
  const lines = tasks.slice(end - LISTED_ITEMS, end).map(taskLine);
  if (!lines.length) {
    const pages = Math.ceil(tasks.length / LISTED_ITEMS);
    const none = `There is no page ${page}: the tasks in ${escapeMrkdwn(pod)} fill ${pages}.`;
    return message(none, [section(none)]);
  }
  const left = tasks.length - end;
  const count = over ? `over ${left}` : left;
  const next = left > 0 ? [`…and ${count} more: \`${escapeMrkdwn(more(page + 1))}\``] : [];
  const all = [...lines, ...next];
  return list(`Tasks in ${pod}`, all, all.length);
}

function taskLine({ id, title, status, assignee }: ListedTask): string {
  const who = assignee === undefined ? 'nobody yet' : escapeMrkdwn(assignee);
  return `*${clip(escapeMrkdwn(title), 150)}* (${escapeMrkdwn(id)})\n${escapeMrkdwn(status)} · ${clip(who, 60)}`;
}

export interface ListedPod {
  name: string;
  /** The pod's channel in Slack, if it has one. */
  channel?: string;
  mail?: string;
  openTasks: number;
  /** The number of mails in quarantine. Shown only to an owner. */
  quarantined?: number;
}

export function podList(pods: readonly ListedPod[]): Post {
  if (pods.length === 0) {
    const none = 'You are in no pod yet. Invite the app to a channel and answer its question.';
    return message(none, [section(none)]);
  }
  return list('Your pods', pods.slice(0, LISTED_ITEMS).map(podLine), pods.length);
}

function podLine({ name, channel, mail, openTasks, quarantined = 0 }: ListedPod): string {
  const slack = channel !== undefined && /^[CGD][A-Z0-9]+$/.test(channel) ? [`<#${channel}>`] : [];
  const addresses = [...slack, ...(mail === undefined ? [] : [escapeMrkdwn(mail)])];
  const tasks = openTasks === 1 ? '1 open task' : `${openTasks} open tasks`;
  const waits = quarantined ? [`${quarantined === 1 ? '1 mail waits' : `${quarantined} mails wait`} for an owner`] : [];
  return `*${clip(escapeMrkdwn(name), 200)}* · ${[...addresses, tasks, ...waits].join(' · ')}`;
}

/** Renders the help. `lead`: one or two sentences above the list. */
export function help(
  commands: readonly { usage: string; says: string }[],
  title = 'What you can say',
  lead?: string,
): Post {
  const lines = commands.map(({ usage, says }) => `\`${escapeMrkdwn(usage)}\`  ${escapeMrkdwn(says)}`);
  const above = lead ? [`${escapeMrkdwn(lead)}\n`] : [];
  return list(title, [...above, ...lines], above.length + lines.length);
}

/** One line of a list, in Markdown with links, and its buttons. */
export interface ListedLine {
  line: string;
  buttons: readonly Button[];
}

/**
 * Renders a heading and lines of Markdown with links, each with its buttons. `more`: the last line. Uses sections, because the Home tab does
 * not accept a `markdown` block.
 */
export function lineList(title: string, lines: readonly ListedLine[], more?: string): Post {
  const heading = `*${escapeMrkdwn(title)}*`;
  const blocks: Block[] = [];
  let plain = [heading];
  for (const { line, buttons: own } of lines) {
    plain.push(`${own.length ? '' : '• '}${linkedMrkdwn(line)}`);
    if (!own.length) continue;
    blocks.push(...sections(plain), buttons(own));
    plain = [];
  }
  const last = more ? [linkedMrkdwn(more)] : [];
  plain.push(...last);
  const text = [heading, ...lines.map(({ line }) => `• ${linkedMrkdwn(line)}`), ...last].join('\n');
  return message(text, [...blocks, ...sections(plain)]);
}
