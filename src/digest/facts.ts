// The facts of a digest before they are worded: what waits for the person, and each pod's news.

export interface PodLink {
  name: string;
  url?: string;
}

export interface WaitingTask {
  pod: PodLink;
  number: number;
  title: string;
  /** YYYY-MM-DD */
  due?: string;
  when: 'overdue' | 'today' | 'open';
  url?: string;
}

/** A message that mentions the person and that they have not answered in its conversation. */
export interface WaitingMention {
  pod: PodLink;
  by: string;
  text: string;
  url?: string;
}

/** Quarantined mails of a pod that the person owns. */
export interface WaitingMails {
  pod: PodLink;
  mails: number;
}

/** Something that happened, as a sentence that begins with the actor. */
export interface Fact {
  /** 1 comes first. */
  rank: number;
  text: string;
  /** The actor's name. */
  who: string;
  url?: string;
}

export interface Thread {
  /** The thread's title, or the start of its text; may be empty. */
  label: string;
  messages: number;
  /** The newest messages, for the model. */
  said: { by: string; text: string }[];
  url?: string;
}

export interface PodNews {
  pod: PodLink;
  facts: Fact[];
  /** `by`: the most active author first. `threads`: the busiest first. */
  talk: { messages: number; by: string[]; threads: Thread[] };
  /** True if the log holds more commits than were read. */
  more: boolean;
}

export interface Facts {
  /** `slack`: they have an account there and can open Slack links. */
  person: { name: string; timeZone: string; slack?: true };
  /** The pods that were read. */
  podIds: string[];
  /** The local date. */
  today: string;
  tasks: WaitingTask[];
  mentions: WaitingMention[];
  quarantined: WaitingMails[];
  pods: PodNews[];
}

/** True if a digest is worth sending. News, quarantined mails and due tasks are; open tasks and mentions of earlier digests are not. */
export function isWorthSending({ tasks, quarantined, pods }: Facts): boolean {
  return pods.length > 0 || quarantined.length > 0 || tasks.some(({ when }) => when !== 'open');
}

/** Links to Slack; undefined for things that are not there. */
export interface Links {
  pod(pod: { placeKey: string }): string | undefined;
  conversation(conversation: { placeKey: string }): string | undefined;
  /** `places`: all place keys of the message. */
  message(message: { places: readonly string[] }, conversation: { placeKey: string } | undefined): string | undefined;
}

/** For people without an account that could open any link. */
export const NO_LINKS: Links = { pod: () => undefined, conversation: () => undefined, message: () => undefined };
