// A label says where a text came from, which decides how far the text is trusted. It is stored with the body and beside
// each reference to the body.
import { type AgentId, type AppId, isAgent, type ParticipantId, type PersonId } from '../participant.ts';

/**
 * `outside`: no member wrote the text. Models get it as data, and a session that reads it has no effects beyond the
 * pod.
 */
export type Trust = 'member' | 'outside';

/** The origin of a text. It contains only ids, because commits and views are never deleted. */
export type Source =
  /** A mail that somebody else wrote, or a part of one; `by` is the member who brought it. */
  | { kind: 'mail'; by: ParticipantId }
  /** Content attached to a message in Slack: another message, a web page, an app's card. */
  | { kind: 'slack'; by: ParticipantId }
  /** A file that arrived by mail or in Slack. */
  | { kind: 'file'; by: ParticipantId }
  | { kind: 'app'; app: AppId }
  /** A person of another organisation. */
  | { kind: 'person'; person: PersonId }
  /**
   * An agent whose session had read text from outside. The text is a colleague's, but it may repeat what the agent
   * read.
   */
  | { kind: 'agent'; agent: AgentId };

export interface Label {
  trust: Trust;
  source: Source;
}

/**
 * The labels of a document's texts, by the field with the reference. A field without a label holds a member's own text.
 */
export type Labels<Field extends string = string> = { readonly [F in Field]?: Label };

/** Documents and changes that carry labels. */
export interface Labelled {
  labels?: Labels;
}

export function outside(source: Source): Label {
  return { trust: 'outside', source };
}

/**
 * Returns the label for a text that Skein 0.1.0 marked as outside without a source: an agent's text, or a mail that a
 * member forwarded.
 */
export function passedOn(by: ParticipantId): Label {
  return outside(isAgent(by) ? { kind: 'agent', agent: by } : { kind: 'mail', by });
}

/** True if a session that reads this text may have no effects beyond the pod any more. */
export function isOutside(label: Label | undefined): boolean {
  return label?.trust === 'outside';
}

/** True if a model gets the text fenced as data. A text of a member or of an agent is not fenced. */
export function isQuoted(label: Label | undefined): label is Label {
  return label?.trust === 'outside' && label.source.kind !== 'agent';
}

/** Returns the first outside label of a document. */
export function outsideIn({ labels = {} }: Labelled): Label | undefined {
  return Object.values(labels).find(isOutside);
}

/** Returns the labels without undefined ones; undefined if none is left. */
export function labelsOf<F extends string>(labels: { readonly [K in F]?: Label | undefined }): Labels<F> | undefined {
  const known = Object.entries(labels).filter(([, label]) => label !== undefined);
  return known.length ? (Object.fromEntries(known) as Labels<F>) : undefined;
}

/**
 * Version 2 if the change has labels: Skein 0.1.0 does not know labels, and would treat outside text as a member's own.
 */
export function versioned<F extends string>(
  labels: {
    readonly [K in F]?: Label | undefined;
  },
): { v: 1 } | { v: 2; labels: Labels<F> } {
  const known = labelsOf(labels);
  return known ? { v: 2, labels: known } : { v: 1 };
}

/** Returns the labels of the words that the actor of this act took over from somebody else, by field of the input. */
export function takenIn({ origin }: { origin?: { kind: string; taken?: Labels } | object | undefined }): Labels {
  return origin && 'taken' in origin ? (origin.taken ?? {}) : {};
}
