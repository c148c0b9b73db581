// The facts from which a digest's text is made: the items that wait for the person, and the news of each pod.

import type { Item } from '../pods/telling/notices/sent-digest.ts';

export interface PodLink {
  name: string;
  url?: string;
}

export interface WaitingTask {
  /** The id of the task. */
  id: string;
  item?: Item;
  pod: PodLink;
  number: number;
  title: string;
  /** The due date, as YYYY-MM-DD. */
  due?: string;
  when: 'overdue' | 'today' | 'open';
  /** Names in words the tasks for which it waits: “#3 and #4”. */
  waits?: string;
  url?: string;
  /** Its place among what the person is told of here for the first time; 0 is the most urgent. */
  untold?: number;
}

/** A message that mentions the person, in a conversation where the person has not written since. */
export interface WaitingMention {
  pod: PodLink;
  /** The id of the message. */
  id: string;
  item?: Item;
  by: string;
  text: string;
  url?: string;
  untold?: number;
}

/** Another open item, such as a question. `text` is Markdown. */
export interface WaitingItem {
  text: string;
  item: Item;
  /** The ids of what it is about. */
  about: string[];
  untold?: number;
}

/** The number of quarantined mails of a pod that the person owns. */
export interface WaitingMails {
  pod: PodLink;
  mails: number;
}

/** One piece of news, as a sentence that begins with the actor. */
export interface Fact {
  /** The position in the list: facts with rank 1 come first. */
  rank: number;
  text: string;
  /** The actor's name. */
  who: string;
  url?: string;
  /** The ids of the documents that the sentence is about. Absent for members. */
  about?: string[];
  /** It concerns work of the reader's. */
  yours?: true;
  /** A task was created or given to somebody. */
  gives?: true;
}

/** A fact about the reader's own work, in any pod. */
export interface OwnFact extends Fact {
  pod: PodLink;
}

export interface Thread {
  /** The thread's title, or the start of its text. May be empty. */
  label: string;
  messages: number;
  /** The newest messages, which only a model gets. */
  said: { by: string; text: string }[];
  /** The ids of the messages whose words the label or `said` quotes. */
  about: string[];
  url?: string;
}

export interface PodNews {
  pod: PodLink;
  facts: Fact[];
  /**
   * The messages of the pod. `by`: the authors, the most active first. `threads`: the threads with the most messages
   * first.
   */
  talk: { messages: number; by: string[]; threads: Thread[] };
  /** True if there were more commits in the range than were read. */
  more: boolean;
}

export interface Facts {
  /** `slack`: set if the person has a Slack account and can open links to Slack. */
  person: { name: string; timeZone: string; slack?: true };
  /** The ids of the pods that were read. */
  podIds: string[];
  /** The person's local date, as YYYY-MM-DD. */
  today: string;
  tasks: WaitingTask[];
  mentions: WaitingMention[];
  quarantined: WaitingMails[];
  /** Absent: none. */
  items?: WaitingItem[];
  /** The news of tasks and files that the reader has or made. No pod's news repeats it. Absent: none. */
  yours?: OwnFact[];
  pods: PodNews[];
}

/** True if a digest is worth sending. News, quarantined mails, due tasks and what was not told yet are; what was told before is not. */
export function isWorthSending({ tasks, mentions, items = [], quarantined, yours = [], pods }: Facts): boolean {
  if ([...tasks, ...mentions, ...items].some(({ untold }) => untold !== undefined)) return true;
  return pods.length > 0 || yours.length > 0 || quarantined.length > 0 || tasks.some(({ when }) => when !== 'open');
}

/** Functions that return a link to Slack, or undefined for a thing that is not in Slack. */
export interface Links {
  pod(pod: { placeKey: string }): string | undefined;
  conversation(conversation: { placeKey: string }): string | undefined;
  /** `places`: the place keys of the message. */
  message(message: { places: readonly string[] }, conversation: { placeKey: string } | undefined): string | undefined;
}

/** Makes no links. For a person without a Slack account, who could open none. */
export const NO_LINKS: Links = { pod: () => undefined, conversation: () => undefined, message: () => undefined };
