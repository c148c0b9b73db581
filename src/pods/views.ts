// The views of the log: which documents there are, and how a change makes the next version of one.

import type { Meta } from '../log/view.ts';
import type { CollectionSpec, Doc } from '../store/port.ts';
import { type AgentChange, type AgentDoc, evolveAgent } from './agent-definitions/agent.ts';
import { type ConversationChange, type ConversationDoc, evolveConversation } from './conversations/conversation.ts';
import { evolveMessage, type MessageChange, type MessageDoc } from './conversations/message.ts';
import { evolveRoot, type RootChange, type RootDoc } from './conversations/root.ts';
import {
  evolveFile,
  evolveVersion,
  type FileChange,
  type FileDoc,
  type VersionChange,
  type VersionDoc,
} from './files/file.ts';
import { evolveHeldMail, type HeldMailChange, type HeldMailDoc } from './mail/held-mail.ts';
import { evolveMember, type MemberChange, type MemberDoc } from './members/member.ts';
import { evolveNote, type NoteChange, type NoteDoc } from './notes/note.ts';
import { evolvePerson, type PersonChange, type PersonDoc } from './people/person.ts';
import { type AddressChange, type AddressDoc, evolveAddress } from './pod/address.ts';
import { evolvePod, type PodChange, type PodDoc } from './pod/pod.ts';
import { evolveSkill, type SkillChange, type SkillDoc } from './skill-definitions/skill.ts';
import { evolveSubscription, type SubscriptionChange, type SubscriptionDoc } from './subscriptions/subscription.ts';
import { evolveTask, type TaskChange, type TaskDoc } from './tasks/task.ts';

export type Change =
  | PodChange
  | MemberChange
  | ConversationChange
  | MessageChange
  | TaskChange
  | FileChange
  | VersionChange
  | NoteChange
  | PersonChange
  | AgentChange
  | SkillChange
  | AddressChange
  | HeldMailChange
  | SubscriptionChange
  | RootChange;

export interface Views {
  pods: PodDoc;
  members: MemberDoc;
  conversations: ConversationDoc;
  messages: MessageDoc;
  tasks: TaskDoc;
  files: FileDoc;
  versions: VersionDoc;
  notes: NoteDoc;
  people: PersonDoc;
  agents: AgentDoc;
  skills: SkillDoc;
  addresses: AddressDoc;
  heldMails: HeldMailDoc;
  subscriptions: SubscriptionDoc;
  roots: RootDoc;
}

export type ViewName = keyof Views;

/** The newest version of change that this program knows; a log that holds a newer one stops it for that pod. */
export const CHANGE_VERSION = 1;

/**
 * The next version of the document a change is about (`undefined`: it is the first). Never throws: a change that makes
 * no sense for the document leaves it as it is. The caller sets `id`, `rev`, `pod` and `seq`.
 */
export function evolve(doc: Doc | undefined, change: Change, meta: Meta): object | undefined {
  switch (change.on) {
    case 'pods':
      return evolvePod(doc as PodDoc | undefined, change, meta);
    case 'members':
      return evolveMember(doc as MemberDoc | undefined, change, meta);
    case 'conversations':
      return evolveConversation(doc as ConversationDoc | undefined, change, meta);
    case 'messages':
      return evolveMessage(doc as MessageDoc | undefined, change, meta);
    case 'tasks':
      return evolveTask(doc as TaskDoc | undefined, change, meta);
    case 'files':
      return evolveFile(doc as FileDoc | undefined, change, meta);
    case 'versions':
      return evolveVersion(doc as VersionDoc | undefined, change, meta);
    case 'notes':
      return evolveNote(doc as NoteDoc | undefined, change, meta);
    case 'people':
      return evolvePerson(doc as PersonDoc | undefined, change, meta);
    case 'agents':
      return evolveAgent(doc as AgentDoc | undefined, change, meta);
    case 'skills':
      return evolveSkill(doc as SkillDoc | undefined, change, meta);
    case 'addresses':
      return evolveAddress(doc as AddressDoc | undefined, change, meta);
    case 'heldMails':
      return evolveHeldMail(doc as HeldMailDoc | undefined, change, meta);
    case 'subscriptions':
      return evolveSubscription(doc as SubscriptionDoc | undefined, change, meta);
    case 'roots':
      return evolveRoot(doc as RootDoc | undefined, change, meta);
    default:
      change satisfies never;
      return doc;
  }
}

export const VIEW_SPECS: readonly (CollectionSpec & { name: ViewName })[] = [
  { name: 'pods', kind: 'view', indexes: [{ fields: ['pod'] }, { fields: ['placeKey'] }] },
  { name: 'members', kind: 'view', indexes: [{ fields: ['pod'] }, { fields: ['who'] }] },
  { name: 'conversations', kind: 'view', indexes: [{ fields: ['pod', 'lastAt'] }, { fields: ['pod', 'placeKey'] }] },
  {
    name: 'messages',
    kind: 'view',
    indexes: [
      { fields: ['pod'] },
      { fields: ['conversation', 'posted'] },
      { fields: ['conversation', 'seq'] },
      { fields: ['conversation', 'by', 'posted'] },
      { fields: ['pod', 'places'] },
      { fields: ['mentions', 'at'] },
    ],
  },
  {
    name: 'tasks',
    kind: 'view',
    indexes: [
      { fields: ['pod', 'number'] },
      { fields: ['pod', 'state'] },
      { fields: ['assignee', 'state'] },
      { fields: ['conversation'] },
    ],
  },
  { name: 'files', kind: 'view', indexes: [{ fields: ['pod'] }] },
  { name: 'versions', kind: 'view', indexes: [{ fields: ['pod', 'hash'] }, { fields: ['file', 'version'] }] },
  { name: 'notes', kind: 'view', indexes: [{ fields: ['pod', 'posted'] }] },
  { name: 'people', kind: 'view', indexes: [{ fields: ['pod'] }, { fields: ['accounts'] }, { fields: ['names'] }] },
  { name: 'agents', kind: 'view', indexes: [{ fields: ['pod'] }] },
  { name: 'skills', kind: 'view', indexes: [{ fields: ['pod'] }] },
  { name: 'addresses', kind: 'view', indexes: [{ fields: ['pod'] }, { fields: ['of'] }] },
  { name: 'subscriptions', kind: 'view', indexes: [{ fields: ['pod'] }] },
  { name: 'roots', kind: 'view', indexes: [{ fields: ['pod'] }] },
  {
    name: 'heldMails',
    kind: 'view',
    indexes: [
      { fields: ['pod', 'state', 'at'] },
      { fields: ['pod', 'state', 'told', 'at'] },
      { fields: ['pod', 'state', 'kept', 'at'] },
      { fields: ['state', 'at'] },
    ],
  },
];

/** The log itself and how far each pod's views have come. */
export const LOG_SPECS: readonly CollectionSpec[] = [
  {
    name: 'commits',
    kind: 'journal',
    indexes: [
      { fields: ['pod', 'key'], unique: true },
      { fields: ['pod', 'seq'], unique: true },
      { fields: ['pending', 'at'] },
    ],
  },
  { name: 'heads', kind: 'view', indexes: [] },
];
