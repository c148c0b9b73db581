// Renders Skein's own messages from plain data, within Slack's limits. Each has a `text` for clients that show no
// blocks.
import {
  ACTIONS_ELEMENTS,
  BUTTON_CHARS,
  BUTTON_VALUE_CHARS,
  HEADER_CHARS,
  RESULT_CHARS,
  SECTION_CHARS,
  TEXT_CHARS,
} from '../limits.ts';
import { actionIds } from './action-ids.ts';
import { escapeMrkdwn, mrkdwnOf, neutralMarkdown } from './neutral.ts';
import { quoteBlock } from './quote.ts';
import type { Block, Post } from './render.ts';

export interface Button {
  actionId: string;
  label: string;
  /** Slack sends this back with the click. */
  value: string;
  style?: 'primary' | 'danger';
  /**
   * Makes it a menu, which Slack shows as three dots: a select would go on showing the choice of somebody whose choice
   * was refused. Slack sends the value of the choice back.
   */
  choices?: readonly Choice[];
}

export interface Choice {
  label: string;
  value: string;
}

export interface ToAsk {
  /** Both texts are Markdown. */
  asks: string;
  means: string;
  answers: readonly Button[];
}

/** Renders a question, its consequences, and a button for each answer. */
export function question({ asks, means, answers }: ToAsk): Post {
  const [first, then] = [mrkdwnOf(asks), mrkdwnOf(means)];
  return message(`${first} ${then}`, [section(`*${clip(first, 500)}*\n${then}`), buttons(answers)]);
}

export interface QuarantinedMail {
  title: string;
  /** A sentence that says why the mail is in quarantine. */
  reason: string;
  /** Facts from the mail that nothing proves, one line each. */
  about: readonly string[];
  excerpt: string;
  /** The labels of the two buttons. */
  answers: { accept: string; reject: string };
  /** Slack sends this back with the click. */
  value: string;
}

/**
 * Renders a quarantined mail for an owner of the pod. The stranger's text is shown literally, so nothing in it can be
 * clicked.
 */
export function quarantinedMail({ title, reason, about, excerpt, answers, value }: QuarantinedMail): Post {
  const head = clip(escapeMrkdwn(title), 500);
  const lead = about.map((line) => clip(line, 350)).join('\n');
  const words = quoteBlock({ lead, quote: clip(excerpt, 600) });
  return message([head, escapeMrkdwn(reason), escapeMrkdwn(lead)].join('\n'), [
    section(`*${head}*\n${escapeMrkdwn(reason)}`),
    ...(words ? [words] : []),
    buttons([
      { actionId: actionIds.acceptMail, label: answers.accept, value, style: 'primary' },
      { actionId: actionIds.rejectMail, label: answers.reject, value, style: 'danger' },
    ]),
  ]);
}

/** Renders a result literally, as preformatted rich text. Names in it are no mentions, and addresses are no links. */
export function outcome(title: string, result: string): Post {
  const text = neutralMarkdown(result.replace(/[^\P{Cc}\n\t]/gu, ' ')).trim() || '…';
  const whole = text.length <= RESULT_CHARS;
  const shown = whole ? text : `${text.slice(0, RESULT_CHARS).replace(/[\uD800-\uDBFF]$/, '')}\n…`;
  const more = whole ? [] : [section('This is only its beginning. On the command line, `skein` shows all of it.')];
  return message([escapeMrkdwn(title), escapeMrkdwn(shown)].join('\n'), [
    section(`*${escapeMrkdwn(title)}*`),
    literal(shown),
    ...more,
  ]);
}

/** Renders lines that others wrote, literally. */
export function preformatted(lines: string): Block {
  return literal(neutralMarkdown(lines.replace(/[^\P{Cc}\n\t]/gu, ' ')) || '…');
}

function literal(text: string): Block {
  const elements = [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }];
  return { type: 'rich_text', elements };
}

/** Renders the button under an agent's report of a failure. Slack sends `value` back with the click. */
export function retryButton(label: string, value: string): Block {
  return buttons([{ actionId: actionIds.retry, label, value }]);
}

/** Renders a button under a mail that joined a task: it becomes a task of its own. */
export function separateButton(label: string, value: string): Block {
  return buttons([{ actionId: actionIds.separateMail, label, value }]);
}

/** Renders a button for each offered agent. Slack sends `value(n)` back, where `n` is the position of the agent. */
export function offerButtons(labels: readonly string[], value: (n: number) => string): Block {
  return buttons(labels.map((label, n) => ({ actionId: `${actionIds.bringIn}.${n}`, label, value: value(n) })));
}

/**
 * Renders a button for each option of a question. Slack sends `value(n)` back, where `n` is the position of the option.
 */
export function optionButtons(labels: readonly string[], value: (n: number) => string): Block {
  return buttons(labels.map((label, n) => ({ actionId: `${actionIds.answer}.${n}`, label, value: value(n) })));
}

/** Renders an answer of one or two sentences, in Markdown. An answer about an error also says what to do. */
export function notice(markdown: string): Post {
  const text = clip(mrkdwnOf(markdown), SECTION_CHARS);
  return message(text, [section(text)]);
}

export function list(title: string, lines: readonly string[], total: number): Post {
  const heading: Block = { type: 'header', text: { type: 'plain_text', text: clip(title, HEADER_CHARS) } };
  const more = total > lines.length ? [`…and ${total - lines.length} more.`] : [];
  const shown = [...lines, ...more];
  return message([escapeMrkdwn(title), ...shown].join('\n'), [heading, ...sections(shown)]);
}

/** Joins the lines to as few sections as possible. */
export function sections(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines.map((each) => clip(each, SECTION_CHARS))) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length + 1 <= SECTION_CHARS)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map(section);
}

export function section(text: string): Block {
  // Slack refuses an empty section.
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, SECTION_CHARS).trim() || '…' } };
}

/** Renders a text with one button beside it. */
export function sectionWith(text: string, button: Button): Block {
  return { ...section(text), accessory: elementOf(button) };
}

export function buttons(all: readonly Button[]): Block {
  return { type: 'actions', elements: all.slice(0, ACTIONS_ELEMENTS).map(elementOf) };
}

function elementOf({ actionId, label, value, style, choices }: Button) {
  if (value.length > BUTTON_VALUE_CHARS)
    throw new RangeError(`The value of the button ${actionId} is too long for Slack.`);
  if (choices) return { type: 'overflow', action_id: actionId, options: choices.map(optionOf) };
  const text = { type: 'plain_text', text: clip(label, BUTTON_CHARS) };
  return { type: 'button', action_id: actionId, text, value, ...(style && { style }) };
}

function optionOf({ label, value }: Choice) {
  return { text: { type: 'plain_text', text: clip(label, BUTTON_CHARS) }, value };
}

export function message(text: string, blocks: Block[]): Post {
  return { text: clip(text, TEXT_CHARS - 1), blocks };
}

/** Truncates the text between visible characters, never inside an entity or a mention. */
export function clip(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const kept = text.slice(0, chars - 1).replace(/(?:[\uD800-\uDBFF]|&[a-z]{0,4}|<[@#!]?[^<>]{0,40})$/, '');
  return `${kept}…`;
}
