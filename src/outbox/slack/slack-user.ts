// Finds the Slack account of a person in one workspace. Pure.
import type { PersonDoc } from '../../pods/people/person.ts';

/** Returns the person's Slack user id. Undefined for a person without an account in this workspace. */
export function slackUserOf({ accounts }: Pick<PersonDoc, 'accounts'>, team: string): string | undefined {
  const start = `slack:${team}:`;
  return accounts.find((account) => account.startsWith(start))?.slice(start.length);
}
