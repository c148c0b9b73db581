// What each kind of change is in words: a verb and what it was done to; housekeeping is not told.
import type { BodyRef } from '../../log/body.ts';
import type { Commit } from '../../log/commit.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import type { ConversationChange } from '../conversations/conversation.ts';
import type { MessageChange } from '../conversations/message.ts';
import type { FileChange } from '../files/file.ts';
import { shownDate } from '../local-time.ts';
import { type MemberChange, whoOf } from '../members/member.ts';
import type { NoteChange } from '../notes/note.ts';
import { called } from '../people/directory.ts';
import type { PodChange } from '../pod/pod.ts';
import { excerpt } from '../search/excerpt.ts';
import type { TaskChange } from '../tasks/task.ts';
import type { Change } from '../views.ts';
import { ofAgent, ofPerson, ofSkill, ofSubscription } from './org-phrases.ts';

/** What telling needs to know. What was erased is left out of it, and so of what is told. */
export interface Known {
  who: ReadonlyMap<ParticipantId, Named>;
  tasks: ReadonlyMap<string, { number: number; title: string }>;
  /** Titles by id. */
  conversations: ReadonlyMap<string, string>;
  /** What the bodies say that changes refer to. */
  texts: ReadonlyMap<string, string>;
  /** Some of it came from outside. */
  outside?: true;
}

export type Phrase = readonly [verb: string, object: string];

const MOST_QUOTED = 120;

const quoted = (text: string) => `“${excerpt(text, '', MOST_QUOTED)}”`;

function because({ reasonRef }: { reasonRef?: BodyRef }, { texts }: Known): string {
  const reason = reasonRef && texts.get(reasonRef);
  return reason ? ` (${reason})` : '';
}

export function phraseOf(change: Change, commit: Commit, known: Known): Phrase | undefined {
  switch (change.on) {
    case 'pods':
      return ofPod(change, known);
    case 'members':
      return ofMember(change, commit, known);
    case 'conversations':
      return ofConversation(change, known);
    case 'messages':
      return ofMessage(change, known);
    case 'tasks':
      return ofTask(change, commit, known);
    case 'files':
      return ofFile(change, known);
    case 'versions':
      // The file's own change tells it.
      return undefined;
    case 'notes':
      return ofNote(change, known);
    case 'people':
      return ofPerson(change);
    case 'agents':
      return ofAgent(change, known);
    case 'skills':
      return ofSkill(change);
    case 'heldMails':
      if (change.type === 'mail_told') return undefined;
      if (change.type === 'mail_expired') return ['let go', 'a mail that waited for 30 days'];
      return [{ mail_held: 'held', mail_accepted: 'accepted', mail_rejected: 'rejected' }[change.type], 'a mail'];
    case 'subscriptions':
      return ofSubscription(change);
    case 'roots':
      return undefined;
    case 'addresses':
      // The name of a pod that not everybody may know of.
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function ofPod(change: PodChange, { who }: Known): Phrase | undefined {
  switch (change.type) {
    case 'pod_created':
      return ['created', `the pod ${quoted(change.name)}`];
    case 'pod_updated': {
      const { name, purpose, defaultAgent } = change;
      const set = [
        name === undefined ? '' : `its name ${quoted(name)}`,
        purpose === undefined ? '' : purpose ? `its purpose ${quoted(purpose)}` : 'its purpose empty',
        defaultAgent ? `its default agent ${called(who, defaultAgent).name}` : '',
      ].filter(Boolean);
      return ['updated', `the pod: ${set.join(', ')}`];
    }
    case 'pod_archived':
      return ['archived', 'the pod'];
    case 'pod_restored':
      return ['restored', 'the pod'];
    case 'task_counted':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function ofMember(change: MemberChange, { pod, actor }: Commit, { who }: Known): Phrase | undefined {
  const id = whoOf(pod, change.id);
  const { name } = called(who, id);
  switch (change.type) {
    case 'member_added':
      return ['added', change.role === 'member' ? name : `${name} as ${change.role}`];
    case 'role_changed':
      return ['made', `${name} ${change.role}`];
    case 'member_removed':
      return id === actor ? ['left', 'the pod'] : ['removed', name];
    default:
      change satisfies never;
      return undefined;
  }
}

function ofConversation(change: ConversationChange, known: Known): Phrase | undefined {
  const { who, texts } = known;
  switch (change.type) {
    case 'conversation_started': {
      if (!change.titleRef) return undefined;
      const title = texts.get(change.titleRef);
      return ['started', title ? `the conversation ${quoted(title)}` : 'a conversation whose title is erased'];
    }
    case 'title_erased':
      return ['erased', `the title of a conversation${because(change, known)}`];
    case 'run_stopped':
      return ['stopped', called(who, change.agent).name];
    case 'message_added':
    case 'conversation_mailed':
    case 'conversation_recalled':
    case 'agents_called':
    case 'conversation_placed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function ofMessage(change: MessageChange, known: Known): Phrase | undefined {
  const { texts, conversations } = known;
  switch (change.type) {
    case 'message_posted': {
      const text = texts.get(change.body);
      const title = conversations.get(change.conversation);
      return ['wrote', `${text ? quoted(text) : 'a message that is erased'}${title ? ` in ${quoted(title)}` : ''}`];
    }
    case 'message_edited': {
      const text = texts.get(change.body);
      return ['edited', text ? `a message to ${quoted(text)}` : 'a message that is erased'];
    }
    case 'message_erased':
      return ['erased', `a message${because(change, known)}`];
    case 'message_recalled':
    case 'message_retried':
    case 'message_sent':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function ofTask(change: TaskChange, { actor }: Commit, known: Known): Phrase | undefined {
  const { tasks, who, texts } = known;
  const task = tasks.get(change.id);
  const label = (ref?: BodyRef) =>
    task ? `#${task.number} ${quoted((ref && texts.get(ref)) ?? task.title)}` : 'a task that is erased';
  switch (change.type) {
    case 'task_created': {
      const { assignee } = change;
      const to = assignee ? ` for ${assignee === actor ? 'themselves' : called(who, assignee).name}` : '';
      return ['created', `${label(change.titleRef)}${to}${change.due ? `, due ${shownDate(change.due)}` : ''}`];
    }
    case 'task_updated': {
      const { titleRef, body, due } = change;
      const title = titleRef && texts.get(titleRef);
      const set = [
        title && task ? `its title ${quoted(title)}` : '',
        body === undefined ? '' : 'its text',
        due ? `due ${shownDate(due)}` : due === null ? 'no longer due' : '',
      ].filter(Boolean);
      return ['updated', set.length ? `${label()}: ${set.join(', ')}` : label()];
    }
    case 'task_assigned':
      return change.assignee
        ? ['assigned', `${label()} to ${called(who, change.assignee).name}`]
        : ['took', `${label()} from its assignee`];
    case 'task_moved': {
      const verb = { open: 'reopened', started: 'started', done: 'completed' }[change.state];
      const note = change.noteRef && texts.get(change.noteRef);
      return [verb, `${label()}${task && note ? `: ${quoted(note)}` : ''}`];
    }
    case 'task_erased':
      return ['erased', `a task${because(change, known)}`];
    default:
      change satisfies never;
      return undefined;
  }
}

function ofFile(change: FileChange, known: Known): Phrase | undefined {
  switch (change.type) {
    case 'file_put': {
      const name = known.texts.get(change.nameRef);
      if (!name) return ['put', 'a file that is erased'];
      return change.version === 1
        ? ['added', `the file ${quoted(name)}`]
        : ['changed', `the file ${quoted(name)} (version ${change.version})`];
    }
    case 'file_erased':
      return ['erased', `a file${because(change, known)}`];
    default:
      change satisfies never;
      return undefined;
  }
}

function ofNote(change: NoteChange, known: Known): Phrase | undefined {
  switch (change.type) {
    case 'note_recorded': {
      const text = known.texts.get(change.body);
      return ['recorded', text ? `the ${change.kind} ${quoted(text)}` : `a ${change.kind} that is erased`];
    }
    case 'note_erased':
      return ['erased', `a note${because(change, known)}`];
    default:
      change satisfies never;
      return undefined;
  }
}
