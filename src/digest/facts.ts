// What a digest says, before it is in words: what waits for the person, and each pod's news. Data only.

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

/** A message that names the person, and that they have not answered in its conversation. */
export interface WaitingMention {
  pod: PodLink;
  by: string;
  text: string;
  url?: string;
}

/** Mails in quarantine of a pod that the person owns. */
export interface WaitingMails {
  pod: PodLink;
  mails: number;
}

/** One thing that happened, as a sentence that begins with who did it. */
export interface Fact {
  /** 1 is told first. */
  rank: number;
  text: string;
  /** Who did it, by name. */
  who: string;
  url?: string;
}

export interface Thread {
  /** Its title, or how it goes on; empty where it says nothing. */
  label: string;
  messages: number;
  /** The newest of them: for the model's wording. */
  said: { by: string; text: string }[];
  url?: string;
}

export interface PodNews {
  pod: PodLink;
  facts: Fact[];
  /** Who wrote, most first; all of it in these threads, busiest first. */
  talk: { messages: number; by: string[]; threads: Thread[] };
  /** The log holds more than was read. */
  more: boolean;
}

export interface Facts {
  /** `slack`: they have an account there, and can look at what a link shows. */
  person: { name: string; timeZone: string; slack?: true };
  /** The pods that were looked at. */
  podIds: string[];
  /** The local date. */
  today: string;
  tasks: WaitingTask[];
  mentions: WaitingMention[];
  quarantined: WaitingMails[];
  pods: PodNews[];
}

/** Open tasks and mentions that were told before are no reason to write; news, mails that wait for a word, and what is due, are. */
export function saysSomething({ tasks, quarantined, pods }: Facts): boolean {
  return pods.length > 0 || quarantined.length > 0 || tasks.some(({ when }) => when !== 'open');
}

/** Where something can be looked at; undefined where it stands nowhere outside. */
export interface Links {
  pod(pod: { placeKey: string }): string | undefined;
  conversation(conversation: { placeKey: string }): string | undefined;
  /** By all its place keys, in its conversation. */
  message(message: { places: readonly string[] }, conversation: { placeKey: string } | undefined): string | undefined;
}

/** The links for people without an account that could open any. */
export const NO_LINKS: Links = { pod: () => undefined, conversation: () => undefined, message: () => undefined };
