// Reads the app's identity in its workspace, once at the start.
import type { WebClient } from '@slack/web-api';
import { InvalidInput, Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Self } from '../parse/inbound.ts';
import { present } from '../present.ts';
import { patiently } from './patiently.ts';
import { translated } from './slack-errors.ts';

export interface Identity extends Self {
  teamId: string;
  teamName: string;
  teamUrl?: string;
  /** The id of the Enterprise organisation, if the workspace belongs to one. */
  enterpriseId?: string;
}

export interface Identify {
  client: WebClient;
  /** The server's URL, which the logger shows. */
  apiUrl?: string | undefined;
  /** The app-level token, which contains the app's id. */
  appToken?: string | undefined;
  logger: Logger;
  signal: AbortSignal;
  names: TokenNames;
}

/** The names of the settings that contain the tokens, for error messages. */
export interface TokenNames {
  botToken: string;
  appToken: string;
}

export const mainTokens: TokenNames = { botToken: 'SLACK_BOT_TOKEN', appToken: 'SLACK_APP_TOKEN' };

/** Returns why the app of this agent can't work beside the main app: it is the same, or in another workspace. */
export function misplaced(
  own: Pick<Identity, 'teamId' | 'teamName' | 'botUserId'>,
  main: Pick<Identity, 'teamId' | 'teamName' | 'botUserId'>,
  { handle, names }: { handle: string; names: Pick<TokenNames, 'botToken'> },
): string | undefined {
  if (own.teamId !== main.teamId)
    return `${names.botToken} is of the workspace ${own.teamName}, and the main app is in ${main.teamName}. Install the app of ${handle} there.`;
  if (own.botUserId !== main.botUserId) return undefined;
  return `${names.botToken} is the token of the main app. Give ${handle} the token of its own app.`;
}

/** Returns the app's identity. Waits while Slack is down. Throws InvalidInput if Slack refuses the token. */
export async function identify({ client, apiUrl, appToken, logger, signal, names }: Identify): Promise<Identity> {
  const answer = await patiently({ logger, signal, what: 'auth.test', at: apiUrl }, () => askSlack(client, names));
  const { team_id: teamId, user_id: botUserId, bot_id: botId } = answer;
  if (!teamId || !botUserId || !botId) {
    throw new InvalidInput(
      `${names.botToken} is not the token of a bot. Use the one that begins with xoxb- (Slack: your app, OAuth & Permissions).`,
    );
  }
  const appId = answer.app_id ?? appIdOf(appToken);
  return {
    teamId,
    botUserId,
    botId,
    teamName: answer.team ?? teamId,
    ...present({ appId, teamUrl: answer.url, enterpriseId: answer.enterprise_id || undefined }),
  };
}

export async function askSlack(client: WebClient, names: TokenNames) {
  try {
    return await client.auth.test();
  } catch (error) {
    const problem = translated(error, 'auth.test');
    if (problem instanceof Retryable) throw problem;
    if (problem instanceof UserFacingError) {
      throw new InvalidInput(`${names.botToken} does not work: ${reasonOf(problem)}`, { cause: error });
    }
    throw problem;
  }
}

/** Returns the app's id from an app-level token of the form `xapp-1-A012ABC-…`. */
export function appIdOf(appToken: string | undefined): string | undefined {
  return /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken ?? '')?.[1];
}
