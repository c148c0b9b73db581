// Where a text came from, and so how far it is trusted: kept with the body, and beside its reference in the documents that show it.
import { type AgentId, type AppId, isAgent, type ParticipantId, type PersonId } from '../participant.ts';

/** `outside`: no member's word. It is data, wherever it is read, and ties the agent's session that takes it in. */
export type Trust = 'member' | 'outside';

/** Ids only, since commits and views keep it for good. */
export type Source =
  /** Another's mail, or a part of one, and the member who brought it. */
  | { kind: 'mail'; by: ParticipantId }
  /** Content shown with a message in Slack: another message, a page, an app's card. */
  | { kind: 'slack'; by: ParticipantId }
  /** A file as it was handed over, by mail or in Slack. */
  | { kind: 'file'; by: ParticipantId }
  | { kind: 'app'; app: AppId }
  /** Somebody of another organisation. */
  | { kind: 'person'; person: PersonId }
  /** An agent that had taken in texts from outside: a colleague's words, which may hold them. */
  | { kind: 'agent'; agent: AgentId };

export interface Label {
  trust: Trust;
  source: Source;
}

/** By the field that holds the reference. A text without one is a member's own. */
export type Labels<Field extends string = string> = { readonly [F in Field]?: Label };

/** The one shape in which documents and changes tell where their texts are from. */
export interface Labelled {
  labels?: Labels;
}

export function outside(source: Source): Label {
  return { trust: 'outside', source };
}

/** The label of texts that 0.1.0 marked as outside without a source: an agent's own, or those of a mail that a member forwarded. */
export function passedOn(by: ParticipantId): Label {
  return outside(isAgent(by) ? { kind: 'agent', agent: by } : { kind: 'mail', by });
}

/** A session that reads such a text loses its effects beyond the pod. */
export function isOutside(label: Label | undefined): boolean {
  return label?.trust === 'outside';
}

/** It is fenced and named as data where it is quoted. A colleague's words are a colleague's, also when that is an agent. */
export function isQuoted(label: Label | undefined): label is Label {
  return label?.trust === 'outside' && label.source.kind !== 'agent';
}

/** The first of a document's labels that says `outside`. */
export function outsideIn({ labels = {} }: Labelled): Label | undefined {
  return Object.values(labels).find(isOutside);
}

/** Without the fields that have no label; undefined where none has. */
export function labelsOf<F extends string>(labels: { readonly [K in F]?: Label | undefined }): Labels<F> | undefined {
  const known = Object.entries(labels).filter(([, label]) => label !== undefined);
  return known.length ? (Object.fromEntries(known) as Labels<F>) : undefined;
}

/** A change that tells where its texts are from has version 2: 0.1.0 would take them for a member's. */
export function versioned<F extends string>(
  labels: {
    readonly [K in F]?: Label | undefined;
  },
): { v: 1 } | { v: 2; labels: Labels<F> } {
  const known = labelsOf(labels);
  return known ? { v: 2, labels: known } : { v: 1 };
}
