// Packs the rows of a notice into posts within Slack's limits. Pure.
import { BLOCKS_JSON_CHARS, MESSAGE_BLOCKS } from '../../../slack/limits.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { type Button, buttons, message, preformatted, section, sectionWith } from '../../../slack/render/blocks.ts';
import { MOST_THINGS, thingButton, traceButtons } from '../../../slack/render/items/trace-buttons.ts';
import { laterMenu } from '../../../slack/render/later-menu.ts';
import { linkedMrkdwn } from '../../../slack/render/neutral.ts';
import type { Block, Post } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { traceLabels } from '../../../texts/trace-labels.ts';
import type { Doing, NoticeRow } from './rows.ts';

/** The most rows with buttons in one notice. Nobody looks at more buttons. */
export const MOST_WITH_BUTTONS = 8;

/** The most characters of a post. The rest of Slack's limit is reserved for rows that grow when they are settled. */
const MOST_CHARS = BLOCKS_JSON_CHARS - 3000;
const MOST_BLOCKS = MESSAGE_BLOCKS - 10;

/** Returns how many rows each post contains, in the order of the posts. */
export function partsOf(texts: Texts, rows: readonly NoticeRow[]): number[] {
  const parts: number[] = [];
  let [blocks, chars] = [0, 0];
  for (const [n, row] of rows.entries()) {
    const own = rowBlocks(texts, row, n);
    const size = JSON.stringify(own).length;
    const fits = parts.length > 0 && blocks + own.length <= MOST_BLOCKS && chars + size <= MOST_CHARS;
    if (!fits) [blocks, chars] = [0, 0];
    if (!fits) parts.push(0);
    parts[parts.length - 1] = (parts.at(-1) ?? 0) + 1;
    blocks += own.length;
    chars += size;
  }
  return parts;
}

export function noticePosts(texts: Texts, rows: readonly NoticeRow[], parts: readonly number[]): Post[] {
  let from = 0;
  return parts.map((count) => {
    const shown = rows.slice(from, from + count);
    const blocks = shown.flatMap((row, n) => rowBlocks(texts, row, from + n));
    from += count;
    if (from === rows.length && rows.some(isOpen)) blocks.push(hint(texts, rows));
    return message(shown.map(({ line }) => linkedMrkdwn(line)).join('\n'), blocks);
  });
}

function isOpen({ can, answers = [] }: NoticeRow): boolean {
  return can.some((one) => one !== 'undo') || answers.length > 0;
}

/** Says what can be written below the notice: about one thing in words alone, about several with their numbers. */
function hint({ fill }: Texts, rows: readonly NoticeRow[]): Block {
  const [row, ...more] = rows;
  const text =
    row && !more.length
      ? fill('notice', 'reply-here', { examples: oneOf(wordsFor(row)) })
      : fill('notice', 'reply-here-several', { examples: oneOf(wordsAmong(rows.filter(isOpen))) });
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

const LATER = 'later 3pm';

/** The words that do what the first buttons of the row do, and those that put it off. */
function wordsFor({ can }: NoticeRow): string[] {
  const [first] = firstWord(can);
  return [...(first ? [first] : []), ...(first === 'approve' ? ['send back: why'] : ['tomorrow']), LATER];
}

function firstWord(can: readonly Doing[]): string[] {
  if (can.includes('approve')) return ['approve'];
  return can.includes('done') ? ['done'] : [];
}

/** Returns up to three examples, each with other words if there are such. Without a number, “later” is asked back. */
function wordsAmong(open: readonly NoticeRow[]): string[] {
  const each = open.flatMap(({ number, can }) =>
    number === undefined ? [] : [{ number, words: firstWord(can)[0] ?? 'tomorrow' }],
  );
  const unlike = each.filter(({ words }, n) => each.findIndex((one) => one.words === words) === n);
  const shown = [...new Set([...unlike, ...each])].slice(0, MOST_EXAMPLES);
  const said = shown.map(({ number, words }) => `#${number} ${words}`);
  return said.length < MOST_EXAMPLES ? [...said, shown[0] ? `#${shown[0].number} ${LATER}` : LATER] : said;
}

const MOST_EXAMPLES = 3;

function oneOf(words: readonly string[]): string {
  const all = words.map((one) => `“${one}”`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

/** Returns the blocks of one row. `n`: its place among the rows. */
export function rowBlocks(
  { fill }: Texts,
  {
    need,
    pod,
    line,
    can,
    task,
    files = 0,
    trace,
    left = [],
    question = '',
    answers = [],
    conflict,
    lost,
    turn,
    undoes,
  }: NoticeRow,
  n: number,
): Block[] {
  const words = section(linkedMrkdwn(line));
  if (n >= MOST_WITH_BUTTONS || !(can.length || answers.length)) return [words];
  const made: Record<Doing, Button> = {
    words: { actionId: actionIds.answerInWords, label: fill('notice', 'in-words'), value: question },
    start: { actionId: actionIds.startTask, label: fill('notice', 'start'), value: `${pod}/${task}` },
    done: { actionId: actionIds.completeTask, label: fill('notice', 'done'), value: `${pod}/${task}` },
    'ask-review': { actionId: actionIds.askReview, label: fill('notice', 'ask-review'), value: `${pod}/${task}` },
    give: { actionId: actionIds.giveTask, label: fill('notice', 'give'), value: `${pod}/${task}` },
    'not-me': { actionId: actionIds.notMe, label: fill('notice', 'not-me'), value: `${pod}/${task}` },
    files: {
      ...{ actionId: actionIds.filesOfTask, label: fill('task-card', 'show-files', { count: files }) },
      value: `${pod}/${task}`,
    },
    result: { actionId: actionIds.onlyResult, label: fill('notice', 'only-result'), value: `${pod}/${task}` },
    digest: { actionId: actionIds.onlyDigest, label: fill('notice', 'only-digest'), value: `${pod}/${task}` },
    without: {
      ...{ actionId: actionIds.goOnWithout, label: fill('notice', 'go-on-without', { number: lost?.number ?? 0 }) },
      value: `${pod}/${task}/${lost?.id}`,
    },
    'wait-instead': {
      ...{ actionId: actionIds.waitInstead, label: fill('notice', 'wait-instead') },
      value: `${pod}/${task}/${lost?.id}`,
    },
    drop: { actionId: actionIds.dropTask, label: fill('notice', 'drop'), value: `${pod}/${task}` },
    approve: { actionId: actionIds.approve, label: fill('notice', 'approve'), value: `${pod}/${task}/${turn}` },
    'send-back': { actionId: actionIds.sendBack, label: fill('notice', 'send-back'), value: `${pod}/${task}` },
    accept: { actionId: actionIds.completeTask, label: fill('notice', 'accept'), value: `${pod}/${task}` },
    'once-more': { actionId: actionIds.sendBack, label: fill('notice', 'once-more'), value: `${pod}/${task}` },
    'give-up': { actionId: actionIds.dropTask, label: fill('notice', 'give-up'), value: `${pod}/${task}` },
    ...traceButtons(traceLabels(fill, left.length), `${pod}/${trace}`),
    'go-on': { actionId: actionIds.goOn, label: fill('notice', 'go-on'), value: `${pod}/${task}` },
    'end-repeat': { actionId: actionIds.endRepeat, label: fill('notice', 'end-repeat'), value: `${pod}/${task}` },
    undo: { actionId: actionIds.undo, label: fill('channel-words', 'undo'), value: `${pod}/${task}/${undoes}` },
    tomorrow: { actionId: actionIds.snooze, label: fill('notice', 'tomorrow'), value: need },
    later: laterMenu((name) => fill('notice', name), need),
  };
  const chosen = answers.map(({ label, value }, at) => ({ actionId: `${actionIds.answer}.${at}`, label, value }));
  const keeps = (conflict?.keeps ?? []).map((one, at) => ({ actionId: `${actionIds.fileKeep}.${at}`, ...one }));
  const differs = conflict
    ? [section(linkedMrkdwn(conflict.above)), ...(conflict.lines ? [preformatted(conflict.lines)] : [])]
    : [];
  const listed = shownOf(left).map(({ number, line: of }) =>
    sectionWith(linkedMrkdwn(of), thingButton(fill('notice', 'forget-one', { number }), `${pod}/${trace}`, number)),
  );
  return [words, ...differs, ...listed, buttons([...keeps, ...chosen, ...can.map((one) => made[one])])];
}

/** One thing alone stands in the row's line. */
function shownOf(left: NonNullable<NoticeRow['left']>): NonNullable<NoticeRow['left']> {
  return left.length > 1 ? left.slice(0, MOST_THINGS) : [];
}
