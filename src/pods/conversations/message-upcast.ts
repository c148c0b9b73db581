// Converts messages of Skein 0.1.0. In those, `outside` is the body of attached content, or `true` if the author may
// have repeated others; `foreign` marks a person of another organisation.
import { type BodyRef, isBodyRef } from '../../log/body.ts';
import { type Label, type Labelled, labelsOf, outside } from '../../log/labels/label.ts';
import { isAgent, kindOf, type ParticipantId } from '../../log/participant.ts';

interface Marked {
  by: ParticipantId;
  places?: readonly string[];
  outside?: BodyRef | true;
  foreign?: true;
}

/** Converts a document or a change. Returns the same object if there is nothing to convert. */
export function upcastMessage<T extends Labelled & { by: ParticipantId }>(message: T): T {
  const old = message as T & Marked;
  const unlabelledApp = kindOf(message.by) === 'app' && !message.labels?.body;
  if (old.outside === undefined && old.foreign === undefined && !unlabelledApp) return message;
  const { outside: marked, foreign, ...rest } = old;
  const brought = isBodyRef(marked) ? marked : undefined;
  const labels = labelsOf({
    ...message.labels,
    body: message.labels?.body ?? labelOfAuthor(message.by, foreign) ?? ownLabel(message.by, marked),
    brought: brought && outside({ kind: came(rest.places), by: message.by }),
  });
  return { ...rest, ...(brought ? { brought } : {}), ...(labels ? { labels } : {}) } as unknown as T;
}

/** Returns the label for texts of an app or of a person of another organisation; undefined for all others. */
export function labelOfAuthor(by: ParticipantId, foreign?: true | undefined): Label | undefined {
  const kind = kindOf(by);
  if (kind === 'app') return outside({ kind, app: by as `app:${string}` });
  return foreign && kind === 'person' ? outside({ kind, person: by as `person:${string}` }) : undefined;
}

function ownLabel(by: ParticipantId, marked: Marked['outside']): Label | undefined {
  return marked === true && isAgent(by) ? outside({ kind: 'agent', agent: by }) : undefined;
}

function came(places: readonly string[] = []): 'mail' | 'slack' {
  return places.some((place) => place.startsWith('slack:')) ? 'slack' : 'mail';
}
