// When a person is told next, and how often they were told today. One document in the person's own log.
import type { PersonId } from '../../log/participant.ts';
import { type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface TellingDoc extends ViewDoc {
  person: PersonId;
  /** Milliseconds since 1970; absent while nothing waits but for the digest. */
  dueAt?: number;
  /** The person's local day on which `sent` messages went to them unasked. */
  day: string;
  sent: number;
}

export const TELLINGS = ref<TellingDoc>('tellings');

export type TellingChange = { v: 1; on: 'tellings'; id: PersonId } & {
  type: 'telling_set';
  dueAt: number | null;
  /** A message was sent on this local day. */
  sentOn?: string;
};

export function evolveTelling(doc: TellingDoc | undefined, change: TellingChange): Own<TellingDoc> {
  const { day: before = '', sent: earlier = 0 } = doc ?? {};
  const { dueAt, sentOn } = change;
  const day = sentOn ?? before;
  const sent = sentOn === undefined ? earlier : sentOn === before ? earlier + 1 : 1;
  return { person: change.id, day, sent, ...(dueAt === null ? {} : { dueAt }) };
}
