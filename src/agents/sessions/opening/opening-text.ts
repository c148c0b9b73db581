// Words the first turn of an epoch: the pod, its members, tasks, notes and files, and what was said. Pure.
import { isQuoted } from '../../../log/labels/label.ts';
import type { PersonId } from '../../../log/participant.ts';
import { attribute, fenced, inLine, named, otherZone, outsideLine, outsideText } from '../fence.ts';
import type { HeardMessage } from '../hearing/heard-message.ts';
import { newsText } from '../hearing/news-text.ts';
import { localTimes, NO_ZONE } from '../local-day.ts';
import type { Facts } from './facts.ts';
import type { Woken } from './woken.ts';

/**
 * Returns the first user turn of an epoch. `today` and `zone`: the date and time zone of `asker`. `changed`: how the
 * things have changed that the session knew before.
 */
export function openingText(
  facts: Facts,
  heard: readonly HeardMessage[],
  today: string,
  zone = NO_ZONE,
  changed = '',
  asker?: PersonId,
): string {
  const {
    pod,
    conversation,
    members,
    tasks,
    notes,
    files = [],
    woken,
    done = [],
    allowed = [],
    older = [],
    lacks,
  } = facts;
  const strange = isQuoted(conversation.label) && conversation.title;
  const title = conversation.title && !strange ? ` title="${attribute(conversation.title)}"` : '';
  return [
    `<context pod="${attribute(pod.name)}" conversation="${attribute(conversation.id)}"${title} today="${attribute(today)}" zone="${attribute(zone)}"${whose(members, asker)}${pod.direct ? ' direct="true"' : ''}>`,
    woken && wokenLine(woken, zone),
    strange && `Title: ${outsideLine('title', strange)}`,
    pod.purpose && `Purpose: ${fenced(pod.purpose)}`,
    pod.direct &&
      "One person's own pod. What they ask about is mostly in their other pods: list_pods names them, and tools take a name as `pod`. You write only where you are a member; all in that pod can read it.",
    ...members.map((member) => memberLine(member, zone)),
    more(facts.moreMembers, 'read_pod'),
    tasks.length > 0 && `Tasks not done, yours and what is due first:\n${tasks.map(taskLine).join('\n')}`,
    more(facts.moreTasks, 'list_tasks'),
    notes.length > 0 && `Notebook:\n${notes.map((note) => noteLine(note, zone)).join('\n')}`,
    facts.moreNotes && 'Older notes: search_pod.',
    files.length > 0 && `Files, the newest first:\n${files.map((file) => fileLine(file, zone)).join('\n')}`,
    facts.moreFiles && 'More files: list_files.',
    done.length > 0 &&
      `You are in the midst of the newest request. Done by you already, before your memory of it was cut: ${inLine(done.join(', '))}. It stands: do none of it again, and look it up where you need it.`,
    allowed.length > 0 &&
      `People have said yes to these calls of yours, and you have not made them yet: go_ahead with those that are still right, and ask nobody again.\n${allowed.map((one) => `- ${one}`).join('\n')}`,
    older.length > 0 && `Open too, and said before what stands below: ${older.join('; ')}.`,
    lacks && `Your answer will say at its end: ${inLine(lacks)}`,
    '</context>',
    changed,
    newsText(heard, zone),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Says whose zone the context has. Nobody's if the zone of who asked is not known. */
function whose(members: Facts['members'], asker: PersonId | undefined): string {
  const owner = members.find(({ id, zone }) => id === asker && zone);
  return owner ? ` zone-of="${attribute(owner.alias ?? owner.name)}"` : '';
}

function more(count: number | string | undefined, tool: string): string {
  return count ? `${count} more: ${tool}.` : '';
}

function wokenLine({ by, handle, alias, role, why, message, at }: Woken, zone: string): string {
  const from = message ? ` message="${attribute(message)}"` : '';
  return `<woken by="${named(by, alias)}" handle="${attribute(handle)}" role="${attribute(role)}" why="${attribute(why)}"${from} at="${localTimes()(zone, at)}"/>`;
}

function fileLine({ name, version, by, at, label }: NonNullable<Facts['files']>[number], zone: string): string {
  const facts = `(version ${version}, ${by}, ${localTimes()(zone, at).slice(0, 10)})`;
  return `- ${isQuoted(label) ? `${outsideLine('file name', name)} ${inLine(facts)}` : inLine(`${name} ${facts}`)}`;
}

function memberLine(
  { name, handle, role, id, zone, alias, self, purpose, title }: Facts['members'][number],
  here: string,
): string {
  const kind = self ? 'you' : id.startsWith('agent:') ? 'agent' : role;
  const does = [purpose && !self && ` for="${attribute(purpose)}"`, title && ` title="${attribute(title)}"`];
  return `<member name="${named(name, alias)}" handle="${attribute(handle)}" role="${attribute(kind)}"${does.filter(Boolean).join('')}${otherZone(zone, here)}/>`;
}

function taskLine(task: Facts['tasks'][number]): string {
  const { number, title, state, assigneeName, due, waitsFor, review, label, mine, wants } = task;
  const who = mine ? 'you' : (assigneeName ?? 'nobody');
  const waits = waitsFor && `waits for ${waitsFor}`;
  const facts = `(${[state, who, due && `due ${due}`, waits, review, wants].filter(Boolean).join(', ')})`;
  return `- #${number} ${isQuoted(label) ? `${outsideLine('title', title)} ${inLine(facts)}` : inLine(`${title} ${facts}`)}`;
}

function noteLine({ kind, text, at, by, label }: Facts['notes'][number], zone: string): string {
  const head = `- ${inLine([kind, localTimes()(zone, at).slice(0, 10), by].filter(Boolean).join(', '))}: `;
  // Further lines are indented, so that they are seen to belong to the note.
  const shown = text.trim().replace(/\n\s*/g, '\n  ');
  return isQuoted(label) ? `${fenced(head)}${outsideText('note', shown)}` : fenced(`${head}${shown}`);
}
