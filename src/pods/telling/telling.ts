// When a person is next told what waits for them, and how many messages they got today. One document in the person's
// own log.
import type { PersonId } from '../../log/participant.ts';
import { type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface TellingDoc extends ViewDoc {
  person: PersonId;
  /** When the person is next told, in milliseconds since 1970. Absent while no time is set. */
  dueAt?: number;
  /** The person's local day on which they got `sent` messages unasked. */
  day: string;
  sent: number;
}

export const TELLINGS = ref<TellingDoc>('tellings');

export type TellingChange = { v: 1; on: 'tellings'; id: PersonId } & {
  type: 'telling_set';
  dueAt: number | null;
  /** The local day on which a message was sent. Absent if none was. */
  sentOn?: string;
};

export function evolveTelling(doc: TellingDoc | undefined, change: TellingChange): Own<TellingDoc> {
  const { day: before = '', sent: earlier = 0 } = doc ?? {};
  const { dueAt, sentOn } = change;
  const day = sentOn ?? before;
  const sent = sentOn === undefined ? earlier : sentOn === before ? earlier + 1 : 1;
  return { person: change.id, day, sent, ...(dueAt === null ? {} : { dueAt }) };
}
