// Renders the list of the items that wait for a person, for /skein waiting and the Home tab.
import { madeLine } from '../../../digest/made-line.ts';
import type { Worded } from '../../../log/body.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { ShownWaiting } from '../../../pods/needs/waiting/list-waiting.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { type Button, notice } from '../../../slack/render/blocks.ts';
import { type ListedLine, lineList } from '../../../slack/render/items/lists.ts';
import { MOST_THINGS, thingButton, traceButtons } from '../../../slack/render/items/trace-buttons.ts';
import { laterMenu } from '../../../slack/render/later-menu.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { traceLabels } from '../../../texts/trace-labels.ts';
import { enter } from '../../enter.ts';
import { waitingLine } from '../../waiting-line.ts';
import type { SlackContext } from '../context.ts';

type Shown = Worded<ShownWaiting>;

/** The most lines with buttons. Nobody looks at more buttons. */
const MOST_WITH_BUTTONS = 8;

/** The most lines below which the things stand that are left of an erased text. */
const MOST_WITH_THINGS = 3;

/** Returns the list. `limit`: the most items that are listed; the others are only counted. */
export async function waitingPost(slack: SlackContext, person: PersonDoc, limit = 20): Promise<Post> {
  const asked = { as: person, action: 'list_waiting', input: { limit }, via: 'slack' } as const;
  const { waiting, more } = (await enter<{ waiting: Shown[]; more?: string }>(slack, asked)).result;
  const { fill } = slack.texts;
  if (!waiting.length) return notice(fill('waiting', 'none'));
  const links = await linksTo(slack, waiting);
  const reader = { zone: await zoneOf(slack.read, person), now: slack.clock() };
  const lines = waiting.flatMap((one, n): ListedLine[] => {
    const url = links.get(one.conversation ?? '') ?? links.get(one.pod.id) ?? '';
    const line = waitingLine(fill, one, url, reader);
    if (n >= MOST_WITH_BUTTONS) return [{ line, buttons: [] }];
    // A list with more blocks would be too long for the Home tab.
    const most = n < MOST_WITH_THINGS ? MOST_THINGS : 0;
    return [{ line, buttons: buttonsOf(fill, one, most) }, ...thingLines(fill, one, most)];
  });
  const total = waiting.length + Number.parseInt(more ?? '0', 10);
  const head = total === 1 ? fill('waiting', 'one') : fill('waiting', 'several', { count: total });
  return lineList(head, lines, more && fill('waiting', 'more', { count: more }));
}

/** Returns links by conversation id and by pod id. */
export async function linksTo(
  { read, linkTo }: SlackContext,
  waiting: readonly Pick<Shown, 'conversation' | 'pod'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(waiting.flatMap(({ conversation }) => conversation ?? []))];
  const [conversations, pods] = await Promise.all([
    ids.length ? read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [],
    read.find(PODS, { where: { id: { in: [...new Set(waiting.map(({ pod }) => pod.id))] } } }),
  ]);
  return new Map(
    [...conversations, ...pods].flatMap((doc) => {
      const url = linkTo(doc);
      return url ? [[doc.id, url] as const] : [];
    }),
  );
}

/** Returns the lines of what is left of an erased text, each with its button. One thing alone has the item's buttons. */
function thingLines(fill: Texts['fill'], { pod, trace, made = [] }: Shown, most: number): ListedLine[] {
  if (made.length < 2) return [];
  return made.slice(0, most).map(({ what, by = '', ...thing }) => {
    const button = thingButton(
      fill('notice', 'forget-one', { number: thing.number }),
      `${pod.id}/${trace}`,
      thing.number,
    );
    return {
      line: madeLine(fill, { ...thing, on: `${what}s`, by }),
      buttons: [{ ...button, actionId: `${button.actionId}${actionIds.listed}` }],
    };
  });
}

function traceButtonsOf(fill: Texts['fill'], { pod, trace, made = [] }: Shown, most: number): Button[] {
  if (!trace) return [];
  const { forget, look, keep } = traceButtons(traceLabels(fill, made.length), `${pod.id}/${trace}`);
  if (!made.length) return [{ ...keep, actionId: `${keep.actionId}${actionIds.listed}` }];
  const all = made.length > Math.max(most, 1) ? [forget, look, keep] : [forget, keep];
  return all.map((one) => ({ ...one, actionId: `${one.actionId}${actionIds.listed}` }));
}

/** Returns what the person can do with it right there. The values are those of the buttons of a notice. */
function buttonsOf(fill: Texts['fill'], one: Shown, mostThings: number): Button[] {
  const { item, pod, task, state, question, options = [], put_off_until: until, conflict } = one;
  const button = (actionId: string, label: string, value: string): Button => ({
    ...{ actionId: `${actionId}${actionIds.listed}`, label, value },
  });
  const answers = options.map((label, n) =>
    button(`${actionIds.answer}.${n}`, label, `${pod.id}/${question}/${n + 1}`),
  );
  const later = item
    ? [{ ...laterMenu((name) => fill('notice', name), item), actionId: `${actionIds.later}${actionIds.listed}` }]
    : [];
  const snooze = (id: string) => button(actionIds.snooze, fill('notice', 'tomorrow'), id);
  const { waits_for: waits, parts } = one;
  const start =
    state === 'open' && !parts ? [button(actionIds.startTask, fill('notice', 'start'), `${pod.id}/${task}`)] : [];
  if (one.why === 'goes_on' && task)
    return [
      button(actionIds.goOn, fill('notice', 'go-on'), `${pod.id}/${task}`),
      button(actionIds.endRepeat, fill('notice', 'end-repeat'), `${pod.id}/${task}`),
      ...later,
    ];
  if (task && (one.why === 'review' || one.why === 'rounds'))
    return [...reviewButtons(fill, one, button), ...(item && !until ? [snooze(item)] : []), ...later];
  return [
    ...answers,
    ...(question ? [button(actionIds.answerInWords, fill('notice', 'in-words'), `${pod.id}/${question}`)] : []),
    ...(one.lost ? stuckButtons(fill, one, button) : []),
    ...(task && !waits ? [...start, ...endButtons(fill, one, button)] : []),
    ...traceButtonsOf(fill, one, mostThings),
    ...(conflict
      ? keepsOf(fill, conflict).map(({ keep, label }, n) =>
          button(`${actionIds.fileKeep}.${n}`, label, `${pod.id}/${conflict.file}/${keep}`),
        )
      : []),
    ...(item && !until ? [snooze(item)] : []),
    ...(task && !one.lost ? [button(actionIds.giveTask, fill('notice', 'give'), `${pod.id}/${task}`)] : []),
    // Only whoever has a task can give it back.
    ...(task && item && !one.with && !one.lost
      ? [button(actionIds.notMe, fill('notice', 'not-me'), `${pod.id}/${task}`)]
      : []),
    ...later,
  ];
}

type MakeButton = (actionId: string, label: string, value: string) => Button;

/** A task is not done before its parts are, and one that has reviewers not before they approve it. */
function endButtons(
  fill: Texts['fill'],
  { pod, task, parts, review_first: first }: Shown,
  button: MakeButton,
): Button[] {
  const value = `${pod.id}/${task}`;
  if (first === 'to ask') return [button(actionIds.askReview, fill('notice', 'ask-review'), value)];
  return first || parts ? [] : [button(actionIds.completeTask, fill('notice', 'done'), value)];
}

/** The task waits for one that will not be done, or past its day. */
function stuckButtons(fill: Texts['fill'], { pod, task = '', lost, late }: Shown, button: MakeButton): Button[] {
  const value = `${pod.id}/${task}/${lost}`;
  return [
    button(actionIds.goOnWithout, fill('notice', 'go-on-without', { number: lost?.slice(1) ?? '' }), value),
    button(actionIds.waitInstead, fill('notice', 'wait-instead'), value),
    button(actionIds.dropTask, late ? fill('notice', 'give-up') : fill('notice', 'drop'), `${pod.id}/${task}`),
  ];
}

/** A reviewer is asked, or a person decides after the last round. */
function reviewButtons(fill: Texts['fill'], one: Shown, button: MakeButton): Button[] {
  const value = `${one.pod.id}/${one.task}`;
  return one.why === 'review'
    ? [
        button(actionIds.approve, fill('notice', 'approve'), `${value}/${one.turn}`),
        button(actionIds.sendBack, fill('notice', 'send-back'), value),
      ]
    : [
        button(actionIds.completeTask, fill('notice', 'accept'), value),
        button(actionIds.sendBack, fill('notice', 'once-more'), value),
        button(actionIds.dropTask, fill('notice', 'give-up'), value),
      ];
}

function keepsOf(fill: Texts['fill'], { upload, newer, yours }: NonNullable<Shown['conflict']>) {
  const whose = (keep: 'upload' | 'newer', person: string) => ({
    keep,
    label: yours === keep ? fill('file-conflict', 'keep-mine') : fill('file-conflict', 'keep', { person }),
  });
  return [whose('upload', upload), whose('newer', newer), { keep: 'both', label: fill('file-conflict', 'keep-both') }];
}
