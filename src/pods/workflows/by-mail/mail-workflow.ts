// The workflow that mails from outside start in a pod, as an owner has set it, and how often they may. Pure.
import type { ParticipantId, PersonId } from '../../../log/participant.ts';

export interface MailWorkflow {
  /** The name of the workflow. */
  workflow: string;
  /** By the names of the roles. A role that a newer version of the file adds has its usual member. */
  roles: Record<string, ParticipantId>;
  /** The person who set it. The workflow is started for them, and they have the whole. */
  by: PersonId;
  /** The most starts within an hour, and within a day. */
  anHour: number;
  aDay: number;
  /** When mails have started it within a day, in milliseconds since 1970, the oldest first. */
  started: number[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The most starts that may be set. Each start sets people and agents to work. */
export const MOST_AN_HOUR = 30;
export const MOST_A_DAY = 100;

export function withStart({ started, ...rest }: MailWorkflow, at: number): MailWorkflow {
  return { ...rest, started: [...started.filter((one) => at - one < DAY_MS), at].slice(-MOST_A_DAY) };
}

/** Returns a sentence if no mail may start it at this moment. */
export function refusedNow({ workflow, started, anHour, aDay }: MailWorkflow, at: number): string | undefined {
  const within = (span: number) => started.filter((one) => at - one < span).length;
  const most = (count: number, span: string) =>
    `Mails have started ${workflow} ${count === 1 ? 'once' : `${count} times`} within ${span}, and more may not: a machine may be writing.`;
  if (within(HOUR_MS) >= anHour) return most(anHour, 'an hour');
  return within(DAY_MS) >= aDay ? most(aDay, 'a day') : undefined;
}

/** Returns the roles as lines such as “expert: person:1”, which name members by their ids. */
export function roleLines(roles: Readonly<Record<string, string>>): string[] {
  return Object.entries(roles).map(([role, who]) => `${role}: ${who}`);
}
