// A conversation: a thread of the pod, its participants, and whom its last message addressed.
import type { BodyRef } from '../../log/body.ts';
import { type Labels, passedOn } from '../../log/labels/label.ts';
import type { RoleId } from '../../log/needs/need.ts';
import type { AgentId, ParticipantId, PersonId } from '../../log/participant.ts';
import type { Place } from '../../log/place.ts';
import { type Erased, ref, type ViewDoc } from '../../log/view.ts';
import type { Written } from '../files/written.ts';
import type { Asked, StandIn } from './asked/asked.ts';
import type { Over, Unheard } from './asked/over.ts';
import type { Unanswered } from './asked/unanswered.ts';
import type { Calls, Storm } from './storms/calls.ts';
import type { AtWork } from './words/at-work.ts';
import type { AtWorkChange } from './words/evolve-at-work.ts';
import type { Replaced } from './words/replaced.ts';
import { upcastStopped } from './words/stops.ts';

export interface ConversationDoc extends ViewDoc {
  titleRef?: BodyRef;
  labels?: TitleLabels;
  place: Place;
  placeKey: string;
  /** The agents that take part: they were addressed here, or wrote here. */
  agents: AgentId[];
  people: PersonId[];
  messages: number;
  lastBy: ParticipantId;
  /** The agents that the last message addressed. The next message of the same author goes to them too. */
  lastTo: AgentId[];
  lastAt: number;
  /** The messages of agents that name a person who has not answered yet, oldest first. */
  asked?: Asked[];
  /** How often one account has called agents in a row. */
  calls?: Calls;
  /** The number of messages by agents since a person last wrote. It limits how long agents talk to each other. */
  hops: number;
  /**
   * The id of the commit with which a person last set agents to work here, or the root that another conversation passed
   * on.
   */
  root?: string;
  /** The root whose wakes are used up. Set once Skein has posted that here. */
  ended?: string;
  startedAt: number;
  startedBy: ParticipantId;
  /**
   * The people who follow the conversation by mail, and the Message-ID and References of their newest mail, which the
   * next mail continues. The Message-ID is absent before the first mail. `cc`: those who stand in the Cc of that mail.
   */
  mail?: { people: PersonId[]; cc?: PersonId[]; messageId?: string; references?: string[] };
  /** When all messages from before Skein joined had been imported. */
  recalledAt?: number;
  /** The deputies who heard of items of the conversation, in place of people who are away. */
  standIns?: StandIn[];
  /** Set while an item of somebody who has left waits for the owners. The next person who writes here settles it. */
  ownersAsked?: true;
  /** The ids of the open questions of the conversation. */
  questions?: string[];
  /**
   * The questions that expired, until a person who could answer them writes or answers here. Until then, their agents
   * have no effect beyond the pod (src/agents/gate/rules/unanswered.ts).
   */
  unanswered?: Unanswered[];
  /** The questions that are over, until those asked who gave no answer have heard it. */
  over?: Over[];
  /** The files that agents wrote here and have not handed over yet. */
  written?: Written[];
  /** The agents at work here, and what each of them has to hear; also those that a person stopped. */
  atWork?: AtWork[];
  /** The instructions that others have replaced, the newest last. */
  replaced?: Replaced[];
  /** Set if the title was erased. Messages are erased one by one. */
  erased?: Erased;
}

export type TitleLabels = Labels<'titleRef'>;

export const CONVERSATIONS = ref<ConversationDoc>('conversations', (doc) =>
  upcastTitle(upcastStopped(doc), doc.startedBy),
);

export type ConversationChange = { v: 1 | 2; on: 'conversations'; id: string } & (
  | {
      type: 'conversation_started';
      titleRef?: BodyRef;
      labels?: TitleLabels;
      place: Place;
      placeKey: string;
      hops?: number;
      /** Set only if the conversation is older than the pod: when it began, and who began it. */
      at?: number;
      by?: ParticipantId;
    }
  /** `whole`: all older messages are imported now. */
  | { type: 'conversation_recalled'; people: PersonId[]; whole?: true }
  | {
      type: 'message_added';
      by: ParticipantId;
      addressed: AgentId[];
      /** The people whom an agent names, and whose answers it waits for. */
      asks?: PersonId[];
      /** Set if the text names somebody, or is a note: those whom it does not address need not hear it at work. */
      names?: true;
      /** Set for a message of Skein itself, and for a mail of refused commands alone. It does not change who talks with whom. */
      aside?: true;
      /** Set if it only thanks: it is no instruction. */
      thanks?: true;
      /** Set if the message stops the agents that it addresses. */
      stops?: true;
      /** The hops and root of another conversation. Set if the agent speaks from there. */
      hops?: number;
      root?: string;
      /** The root whose wakes are used up, if the message says so. */
      ended?: string;
      /** The person or the owners who are asked whether agents continue. */
      unwoken?: PersonId | RoleId;
      /** Set if the author's account has called agents many times in a row. */
      storm?: Omit<Storm, 'begins'>;
      /** Set if it is a new cause though no person wrote it: an admitted app wakes agents. */
      begins?: true;
      /** Set if an owner lets such an account wake agents again. */
      lifts?: true;
      /** Set if the agent hands over the files that it wrote here. */
      gives?: true;
    }
  /** A person has edited a message so that it addresses agents. The edit counts as a new cause. */
  | { type: 'agents_called' }
  | { type: 'conversation_placed'; place: Place; placeKey: string }
  /** `only`: nobody else follows any longer, because each mail of a mail thread says whom it is for. */
  | {
      type: 'conversation_mailed';
      people: PersonId[];
      messageId?: string;
      references?: string[];
      only?: true;
      cc?: PersonId[];
    }
  /**
   * Agents were set to work on a task here. `begins`: a person did it, so it is a new cause. `hops` and `root` are
   * those of another conversation, if an agent did it from there.
   */
  | {
      type: 'work_given';
      agents: AgentId[];
      begins?: true;
      hops?: number;
      root?: string;
      ended?: string;
      unwoken?: PersonId | RoleId;
      storm?: Omit<Storm, 'begins'>;
    }
  | AtWorkChange
  /** The agent is stopped, so something that is no person's word did not wake it. `unwoken`: whom that concerns. */
  | { type: 'wake_left'; agent: AgentId; unwoken: PersonId | RoleId }
  | ({ type: 'file_written' } & Written)
  /** The agent's run ended without a message that hands over the files. */
  | { type: 'files_given'; by: ParticipantId }
  | ({ type: 'stand_in_asked' } & StandIn)
  | { type: 'owners_asked' }
  /** A reply was taken back. These agents wait for it again. */
  | { type: 'reply_taken_back'; asks: Asked[] }
  | { type: 'question_opened'; question: string }
  | { type: 'question_closed'; question: string; unheard?: Unheard }
  /** The person is told with the same commit how these questions ended. */
  | { type: 'question_end_heard'; questions: string[]; person: PersonId }
  /** `unwoken`, `ended`: as in `message_added`, if the agent is not woken by the end of its question. */
  | ({ type: 'question_unanswered'; ended?: string; unwoken?: PersonId | RoleId } & Omit<Unanswered, 'at'>)
  /** A person who could answer these expired questions has written or answered. */
  | { type: 'unanswered_lifted'; questions: string[] }
  | { type: 'title_erased'; reasonRef?: BodyRef }
);

/**
 * Converts a title of Skein 0.1.0, which stored `outside: true` for a title that no member wrote: a mail's subject, or
 * a title by an agent that had read text from outside.
 */
export function upcastTitle<T extends ConversationDoc | ConversationChange>(titled: T, by: ParticipantId): T {
  if (!('outside' in titled && titled.outside)) return titled;
  const { outside: _marked, ...rest } = titled;
  return { ...rest, labels: { titleRef: passedOn(by) } } as unknown as T;
}
