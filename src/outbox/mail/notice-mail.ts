// Composes a notice as a mail to one person, who can answer each item by a reply. A retry sends the same bytes.
import { NO_LINKS } from '../../digest/facts.ts';
import { quiet } from '../../digest/quiet.ts';
import { formatAddress, parseAddress } from '../../email/address.ts';
import type { Mailbox } from '../../email/mail.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import type { Reader } from '../../log/action.ts';
import { idOf } from '../../log/ids.ts';
import { isAgent, type PersonId } from '../../log/participant.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { ORG } from '../../pods/members/rights.ts';
import { isToTell, NEEDS, type NeedDoc, taskOfItem } from '../../pods/needs/need.ts';
import type { Listed } from '../../pods/needs/waiting/numbers.ts';
import { onlyQuestion } from '../../pods/needs/waiting/only-question.ts';
import { byUrgency } from '../../pods/needs/waiting/urgency.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { blocker } from '../../pods/tasks/graph/ready.ts';
import { TASKS } from '../../pods/tasks/task.ts';
import { listedItems, noticeItems, noticeThread } from '../../pods/telling/notices/notice-thread.ts';
import type { Texts } from '../../texts/texts.ts';
import { seqOf } from '../delivery-id.ts';
import { answeringBy } from '../notices/answer-outside.ts';
import { questionBelow } from '../notices/notice-question.ts';
import { forDeputy, forOwners, recipientOf } from '../notices/notice-recipient.ts';
import { traceList } from '../notices/notice-trace.ts';
import { askerOf, newestOf, noticeWords } from '../notices/notice-words.ts';
import type { MailOut } from './mail-out.ts';
import { asQuote, conflictIn, descriptionOf, saidIn, titleOf } from './notice-contents.ts';
import type { ReplyThread } from './reply-address.ts';
import { senderOf } from './target.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  out: MailOut;
  clock(): number;
  /** The reader's time zone. */
  zone: string;
}

/** The content of a notice by mail. It is stored until the mail is sent. */
export interface NoticeMail {
  from: Mailbox;
  subject: string;
  markdown: string;
  foot: string;
  /** The thread to which a reply to the mail belongs. */
  thread: ReplyThread;
}

/** Undefined if everything was settled since the person was to be told. `today`: the person's local day. */
export async function noticeMail(deps: Deps, notice: DeliveryOf<'notice'>, today: string) {
  const { id, person, items } = notice;
  const found = await Promise.all(items.map(({ need }) => deps.read.get(NEEDS, need)));
  const open = found.filter(isToTell).sort(byUrgency(today));
  const [first, ...more] = open;
  if (!first) return undefined;
  if (!more.length) return aboutOne(deps, first, items.find(({ need }) => need === first.id)?.for);
  const thread = noticeThread(person, seqOf(id));
  // The numbers are those of all items as they were requested, because a reply is read with these.
  const requested = (await noticeItems(deps.read, person, thread)) ?? items;
  const listed = await listedItems(deps.read, requested);
  const shown = open.flatMap(({ id: need }) => listed.find((one) => one.need === need) ?? []);
  const made = open.find(({ reason }) => reason === 'made_from');
  const numbered = made && shown.find(({ need }) => need === made.id);
  const list = numbered ? await traceList(deps, made) : [];
  return { ...(await aboutSeveral(deps, shown, numbered, list)), thread: { pod: ORG, thread } };
}

async function aboutSeveral(
  { out, ...words }: Deps,
  open: readonly Listed[],
  made?: Listed,
  list: readonly string[] = [],
): Promise<Omit<NoticeMail, 'thread'>> {
  const { texts } = words;
  const lines = await answerableLines({ ...words, address: out.replies.address, below: true }, open);
  const asked = await askedBelow(words, open);
  return {
    from: skein(out),
    subject: texts.fill('notice', 'several', { count: open.length }),
    markdown: [lines, ...asked, ...list, replyHint(texts, open, made), ...(await yesHint(words, open))].join('\n\n'),
    foot: texts.fill('notice', 'mail-foot'),
  };
}

/** Returns the questions of several lines, each below its number. */
async function askedBelow({ read }: Pick<Deps, 'read'>, open: readonly Listed[]): Promise<string[]> {
  const texts = await Promise.all(
    open.map(async ({ need = '', number }) => {
      const item = await read.get(NEEDS, need);
      const text = item && (await questionBelow(read, item));
      return text ? [`**#${number}**\n\n${asQuote(text)}`] : [];
    }),
  );
  return texts.flat();
}

/** Says for which question a “yes” without a number is. Empty if it may be for several things. */
async function yesHint({ read, texts }: Pick<Deps, 'read' | 'texts'>, open: readonly Listed[]): Promise<string[]> {
  const one = await onlyQuestion(read, open);
  return one ? [texts.fill('notice', 'reply-yes-or-no', { number: one.number })] : [];
}

/** Returns the sentence about replies. Its example is what an agent made, else the first task of the list. */
function replyHint({ fill }: Texts, open: readonly Listed[], made: Listed | undefined): string {
  if (made) return fill('notice', 'reply-to-several-made', { number: made.number });
  const task = open.find((one) => one.task);
  return task
    ? fill('notice', 'reply-to-several-tasks', { number: task.number })
    : fill('notice', 'reply-to-several', { number: open[0]?.number ?? 1 });
}

/** Returns a list of the items. Each line has a link to the item's own reply address. */
export async function answerableLines(
  { address, ...words }: Omit<Deps, 'out'> & Pick<Deps['out']['replies'], 'address'> & { below?: true },
  open: readonly Listed[],
): Promise<string> {
  const { texts } = words;
  const lines = await Promise.all(
    open.map(async (one) => {
      const { pod, need = '', for: absent } = one;
      const { lines } = await noticeWords(
        { ...words, links: NO_LINKS, answering: { address, filled: true } },
        { items: [{ need, pod, for: absent }] },
      );
      const url = `mailto:${await address({ pod, thread: need })}`;
      return numbered(texts, one, `${lines.join(' ')} ${texts.fill('notice', 'answer', { url })}`);
    }),
  );
  return lines.join('\n');
}

/** Returns the line with its number in front, unless it is the task's own, which stands in the line. */
function numbered({ fill }: Texts, { number, task }: Listed, line: string): string {
  return task === `#${number}` ? `- ${line}` : `- ${fill('notice', 'numbered', { number, line })}`;
}

async function aboutOne(deps: Deps, item: NeedDoc, absent: PersonId | undefined): Promise<NoticeMail> {
  const { read, texts, out } = deps;
  const { fill } = texts;
  const by = await askerOf(read, item);
  const [pod, names] = await Promise.all([read.get(PODS, item.pod), namesOfAll(read, [by, absent, item.left])]);
  const items = [{ ...about(item), for: absent }];
  const answering = { ...answeringBy(out), filled: true } as const;
  const { subject: plain, lines } = await noticeWords({ ...deps, links: NO_LINKS, below: true, answering }, { items });
  const asked = await questionBelow(read, item);
  const person = called(names, by).name;
  const facts = { person: quiet(person, 60), pod: quiet(pod?.name ?? item.pod, 60) };
  const isTask = taskOfItem(item) !== undefined;
  const said = item.reason === 'named' ? await saidIn(read, item.message) : undefined;
  const { whom } = await recipientOf(deps, absent ?? item.left);
  const body = said ? fill('notice', 'words', { ...facts, whom, text: asQuote(said) }) : lines.join('\n');
  const [conflict, made] = await Promise.all([conflictIn({ read, texts }, item), traceList(deps, item)]);
  const hint = conflict.length
    ? fill('file-conflict', 'reply')
    : item.reason === 'goes_on'
      ? fill('notice', 'reply-to-repeat')
      : item.reason === 'stuck'
        ? await stuckHint({ read, texts }, item)
        : item.reason === 'review' || item.reason === 'rounds'
          ? await reviewHint({ read, texts }, item)
          : isTask
            ? fill('notice', item.state === 'news' ? 'reply-to-step' : 'reply-to-task')
            : item.reason === 'made_from'
              ? fill('notice', made.length ? 'reply-to-made-several' : 'reply-to-made')
              : item.reason === 'expired'
                ? fill('notice', 'reply-to-expired')
                : said || item.reason === 'asked'
                  ? fill('notice', 'reply-to-words', facts)
                  : fill('notice', 'reply-to-other', facts);
  const meant = absent ?? item.left;
  const named = meant && quiet(called(names, meant).name, 60);
  // The lines of other items say it themselves.
  const why = !said
    ? []
    : absent
      ? [await forDeputy(deps, item, absent, '')]
      : item.left
        ? [forOwners(deps, item, { absent: named ?? '', pod: facts.pod }, '')]
        : [];
  const speaker = said && pod && isAgent(by) ? by : undefined;
  // The agent wrote the quoted text, so the mail comes from the agent's address.
  const from = speaker && pod ? await senderOf({ read, out }, pod, speaker, person) : skein(out);
  return {
    from,
    subject: (await titleOf(read, item)) ?? (said ? fill('notice', 'asks', { ...facts, whom: named ?? whom }) : plain),
    markdown: [
      body,
      ...(asked ? [asQuote(asked)] : []),
      ...(said ? newestOf(texts, item) : []),
      ...why,
      ...made,
      ...conflict,
      ...(await descriptionOf(read, item)),
      hint,
    ].join('\n\n'),
    foot: fill('notice', 'mail-foot'),
    thread: { pod: item.pod, thread: item.id, ...(speaker ? addressed(out, from) : {}) },
  };
}

/** Says how it goes on. */
async function stuckHint({ read, texts }: Pick<Deps, 'read' | 'texts'>, item: NeedDoc): Promise<string> {
  const task = await read.get(TASKS, item.about.id);
  const gone = task && blocker(task);
  if (!task || !gone) return texts.fill('notice', 'reply-to-task');
  return texts.fill('notice', 'reply-to-stuck', { number: task.number, lost: gone.number });
}

/** Says how a reviewer answers, or the person who decides after the last round. */
async function reviewHint({ read, texts }: Pick<Deps, 'read' | 'texts'>, item: NeedDoc): Promise<string> {
  const number = (await read.get(TASKS, item.about.id))?.number ?? 0;
  return texts.fill('notice', item.reason === 'review' ? 'reply-to-review' : 'reply-to-rounds', { number });
}

/** Returns the pod and the agent in the sender's address. A reply is for that agent. */
function addressed({ home }: MailOut, { address }: Mailbox): Pick<ReplyThread, 'slug' | 'handle'> {
  const sender = parseAddress(home, address);
  if (sender?.kind !== 'pod') return {};
  const { slug, handle } = sender;
  return { slug, ...(handle ? { handle } : {}) };
}

function about({ id, pod }: NeedDoc) {
  return { need: id, pod };
}

function skein({ home }: Pick<MailOut, 'home'>): Mailbox {
  return { name: 'Skein', address: formatAddress(home, { kind: 'bare' }) };
}

export async function sendNoticeMail(
  { out }: Pick<Deps, 'out'>,
  key: string,
  to: Mailbox,
  { from, subject, markdown, foot, thread }: NoticeMail,
): Promise<void> {
  const replyTo = { name: from.name, address: await out.replies.address(thread) };
  await out.sendOnce(
    key,
    ({ messageId, date }) => ({
      kind: 'notice',
      ...{ from, to: [to], replyTo, subject, messageId, date },
      ...renderAnswer({ markdown, foot }),
      loop: out.loop,
    }),
    { pod: thread.pod, thread: thread.thread, n: idOf('d', key) },
  );
}
