// The people to whom an agent may give a task because a member has asked for that, in their own words, since the agent was
// woken: in the conversation, or in the task on which it works.
import type { Reader } from '../../log/action.ts';
import { isOutside } from '../../log/labels/label.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { addressableText } from '../../pods/conversations/addressable-text.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import { isActive } from '../../pods/involvement/binding.ts';
import { partRefs, partsOf } from '../../pods/mail/message-parts.ts';
import { isMemberIn } from '../../pods/members/rights.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { tasksIn } from '../../pods/runs/steps/holders.ts';
import { asksForTask } from './asks-for-task.ts';

/** The newest messages that are searched. */
const NEWEST = 50;

interface Where {
  pod: string;
  conversation: string;
  /** The agent that would give the task. */
  agent: string;
  /** The number of the commit that woke it. Undefined if none did: then nothing there was said to it. */
  since: number | undefined;
}

interface Wish {
  by: PersonId;
  words: string;
}

/** Returns those of `who` for whom somebody has asked for a task. */
export async function wishedTasks(read: Reader, who: readonly PersonId[], where: Where): Promise<PersonId[]> {
  const [said, written] = await Promise.all([saidIn(read, where), writtenIn(read, where)]);
  const all = [...said, ...written];
  const members = await Promise.all(all.map(({ by }) => isMemberIn(read, where.pod, by)));
  const wishes = all.filter((_, n) => members[n]);
  if (!wishes.length) return [];
  const names = await namesOfAll(read, who);
  return who.filter((one) => {
    const { name, handle } = called(names, one);
    const known = [name, name.split(' ')[0] ?? '', handle];
    return wishes.some(({ by, words }) => asksForTask(words, { names: known, own: by === one }));
  });
}

async function saidIn(read: Reader, { conversation, since }: Where): Promise<Wish[]> {
  if (since === undefined) return [];
  const found = await read.find(MESSAGES, { where: { conversation }, sort: [['posted', 'desc']], limit: NEWEST });
  const own = found.flatMap((message) => {
    const { by, erased, note, labels, posted } = message;
    return isPerson(by) && !erased && !note && posted >= since && !isOutside(labels?.body) ? [{ by, message }] : [];
  });
  const texts = await read.texts(own.flatMap(({ message }) => partRefs(message)));
  return own.map(({ by, message }) => ({ by, words: addressableText(partsOf(message, texts).words) }));
}

/** The title and the text of its own tasks there, as people wrote them. */
async function writtenIn(read: Reader, { conversation, agent }: Where): Promise<Wish[]> {
  const tasks = (await tasksIn(read, conversation)).filter((task) => isActive(task) && task.assignee === agent);
  const refs = tasks.flatMap((task) =>
    (['titleRef', 'body'] as const).flatMap((field) => {
      const { [field]: ref, createdBy, editedBy, labels } = task;
      const by = editedBy?.[field] ?? createdBy;
      return ref && isPerson(by) && !isOutside(labels?.[field]) ? [{ by, ref }] : [];
    }),
  );
  const texts = await read.texts(refs.map(({ ref }) => ref));
  return refs.map(({ by, ref }) => ({ by, words: addressableText(texts.get(ref) ?? '') }));
}
