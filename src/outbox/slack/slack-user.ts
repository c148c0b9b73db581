// Finds the Slack account of a person in one workspace. Pure.
import type { PersonDoc } from '../../pods/people/person.ts';

/** The Slack user id; undefined for people without an account there. */
export function slackUserOf({ accounts }: Pick<PersonDoc, 'accounts'>, team: string): string | undefined {
  const start = `slack:${team}:`;
  return accounts.find((account) => account.startsWith(start))?.slice(start.length);
}
