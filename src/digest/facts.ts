// The facts from which a digest's text is made: the items that wait for the person, and the news of each pod.

export interface PodLink {
  name: string;
  url?: string;
}

export interface WaitingTask {
  pod: PodLink;
  number: number;
  title: string;
  /** The due date, as YYYY-MM-DD. */
  due?: string;
  when: 'overdue' | 'today' | 'open';
  url?: string;
}

/** A message that mentions the person, in a conversation where the person has not written since. */
export interface WaitingMention {
  pod: PodLink;
  by: string;
  text: string;
  url?: string;
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
}

export interface Thread {
  /** The thread's title, or the start of its text. May be empty. */
  label: string;
  messages: number;
  /** The newest messages, which only a model gets. */
  said: { by: string; text: string }[];
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
  pods: PodNews[];
}

/**
 * True if the digest should be sent: there is news, a quarantined mail, or a task that is due. Open tasks and
 * unanswered mentions alone are not enough, because earlier digests contained them.
 */
export function isWorthSending({ tasks, quarantined, pods }: Facts): boolean {
  return pods.length > 0 || quarantined.length > 0 || tasks.some(({ when }) => when !== 'open');
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
