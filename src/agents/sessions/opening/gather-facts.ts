// Reads the facts with which a session opens: who is there, and the newest of what the pod keeps.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { FILES } from '../../../pods/files/file.ts';
import { namesAhead } from '../../../pods/involvement/checkpoints.ts';
import { wantsWords } from '../../../pods/involvement/wants-words.ts';
import { NOTES } from '../../../pods/notes/note.ts';
import { aliasesOf, withAliases } from '../../../pods/people/aliases.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { waitsWords } from '../../../pods/tasks/graph/waits-words.ts';
import { namedIn, reviewWords } from '../../../pods/tasks/review/review-words.ts';
import { heldAtOpening } from '../../news/opening-held.ts';
import { labelIn } from '../author-fields.ts';
import type { SessionDoc } from '../session.ts';
import type { Facts } from './facts.ts';
import { membersHere } from './members-here.ts';
import { openTasks } from './open-tasks.ts';
import { wokenBy } from './woken.ts';

const OPENING_NOTES = 15;
const OPENING_FILES = 15;

/** `seq`: the number of the commit that woke the agent. */
export async function gatherFacts(read: Reader, session: SessionDoc, seq = 0): Promise<Facts> {
  const { pod, agent } = session;
  // Read first: whoever comes into the pod after this position is told as news.
  const position = await read.head(pod);
  const [podDoc, conversation, here, open, notes, files, woken] = await Promise.all([
    read.get(PODS, pod),
    read.get(CONVERSATIONS, session.conversation),
    membersHere(read, pod, agent),
    openTasks(read, pod, agent),
    read.find(NOTES, { where: { pod }, sort: [['posted', 'desc']], limit: OPENING_NOTES + 1 }),
    read.find(FILES, { where: { pod }, sort: [['at', 'desc']], limit: OPENING_FILES + 1 }),
    wokenBy(read, session, seq),
  ]);
  const kept = notes.slice(0, OPENING_NOTES).filter((note) => !note.erased);
  const newest = files.slice(0, OPENING_FILES).filter((file) => !file.erased);
  const holders = open.tasks.flatMap((task) => [...(task.assignee ? [task.assignee] : []), ...namedIn(task)]);
  const named = [...holders, ...[...kept, ...newest].map(({ by }) => by)];
  const [held, names, aliases, texts] = await Promise.all([
    heldAtOpening(read, { pod, position, members: here.members.map(({ id }) => id), tasks: open.tasks }),
    namesOfAll(read, named),
    aliasesOf(read, named),
    read.texts([
      conversation?.titleRef,
      ...open.tasks.map((task) => task.titleRef),
      ...open.tasks.filter(({ assignee }) => assignee === agent).flatMap(namesAhead),
      ...kept.map((note) => note.body),
      ...newest.map((file) => file.nameRef),
    ]),
  ]);
  const byline = (by: ParticipantId) => aliases.get(by) ?? called(names, by).name;
  const safe = withAliases(names, aliases);
  const title = texts.get(conversation?.titleRef ?? '');
  return {
    shows: { part: held },
    pod: { id: pod, name: podDoc?.name ?? pod, purpose: podDoc?.purpose ?? '', direct: podDoc?.direct ?? false },
    conversation: {
      id: session.conversation,
      ...(title ? { title } : {}),
      ...labelIn(title ? conversation?.labels?.titleRef : undefined),
    },
    members: here.members,
    ...(here.more ? { moreMembers: here.more } : {}),
    ...(woken ? { woken } : {}),
    ...(open.more ? { moreTasks: open.more } : {}),
    ...(notes.length > OPENING_NOTES ? { moreNotes: true } : {}),
    ...(files.length > OPENING_FILES ? { moreFiles: true } : {}),
    files: newest.map(({ nameRef, version, by, at, labels }) => ({
      ...{ name: texts.get(nameRef) ?? ERASED, version, by: byline(by), at },
      ...labelIn(labels?.hash),
    })),
    tasks: open.tasks.map((task) => {
      const { number, titleRef, state, assignee, due, waitsFor, labels } = task;
      const review = reviewWords(task, safe);
      const wants = assignee === agent ? wantsWords(task, podDoc, texts) : undefined;
      return {
        number,
        title: texts.get(titleRef) ?? ERASED,
        state,
        ...(assignee ? { assigneeName: byline(assignee) } : {}),
        ...(assignee === agent ? { mine: true as const } : {}),
        ...(wants ? { wants } : {}),
        ...(due ? { due } : {}),
        ...(waitsFor ? { waitsFor: waitsWords(waitsFor, safe) } : {}),
        ...(review ? { review } : {}),
        ...labelIn(labels?.titleRef),
      };
    }),
    notes: kept.reverse().map(({ kind, body, at, by, labels }) => ({
      ...{ kind, text: texts.get(body) ?? '', at, by: byline(by) },
      ...labelIn(labels?.body),
    })),
  };
}
