// The Slack account of a person in one workspace. Pure.
import type { PersonDoc } from '../../pods/people/person.ts';

/** The id of the Slack user; undefined for people who have none there. */
export function slackUserOf({ accounts }: Pick<PersonDoc, 'accounts'>, team: string): string | undefined {
  const start = `slack:${team}:`;
  return accounts.find((account) => account.startsWith(start))?.slice(start.length);
}
