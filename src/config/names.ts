// The names of our settings, and the detection of misspelt names, which would otherwise be ignored silently.
import { closest } from '../closest.ts';
import { MAIL_NAMES } from './mail.ts';

export const KNOWN: readonly string[] = [
  ...['MONGODB_URI', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'],
  ...['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'SKEIN_MODEL', 'SKEIN_SECRET', 'SKEIN_DATA_DIR', 'SKEIN_AS'],
  ...[...MAIL_NAMES, 'PORT', 'PUBLIC_URL'],
];
/** A setting of an agent's own Slack app: SLACK_SCRIBE_BOT_TOKEN. The group holds the agent. */
export const OF_AN_AGENT = /^SLACK_([A-Z0-9_]+)_(?:BOT_TOKEN|APP_TOKEN|SIGNING_SECRET)$/;

/** Wrong names that people often use, and that are no typing errors, by the right name. */
const TRIED: Readonly<Record<string, string>> = {
  ANTHROPIC_KEY: 'ANTHROPIC_API_KEY',
  ANTHROPIC_TOKEN: 'ANTHROPIC_API_KEY',
  ANTHROPIC_API_TOKEN: 'ANTHROPIC_API_KEY',
  ANTHROPIC_AUTH_TOKEN: 'ANTHROPIC_API_KEY',
  ANTHROPIC_SECRET_KEY: 'ANTHROPIC_API_KEY',
  ANTHROPIC_MODEL: 'SKEIN_MODEL',
  CLAUDE_API_KEY: 'ANTHROPIC_API_KEY',
  CLAUDE_KEY: 'ANTHROPIC_API_KEY',
  MONGO_URL: 'MONGODB_URI',
  MONGO: 'MONGODB_URI',
  MONGODB: 'MONGODB_URI',
  MONGO_CONNECTION_STRING: 'MONGODB_URI',
  MONGODB_CONNECTION_STRING: 'MONGODB_URI',
  MONGODB_ADDON_URI: 'MONGODB_URI',
  SLACK_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_API_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_OAUTH_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_ACCESS_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_BOT_OAUTH_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_BOT_USER_OAUTH_TOKEN: 'SLACK_BOT_TOKEN',
  SLACK_APP_LEVEL_TOKEN: 'SLACK_APP_TOKEN',
  SLACK_SOCKET_TOKEN: 'SLACK_APP_TOKEN',
  SLACK_SECRET: 'SLACK_SIGNING_SECRET',
  SLACK_SIGNING_KEY: 'SLACK_SIGNING_SECRET',
  IMAP_ADDRESS: 'IMAP_URL',
  SMTP_ADDRESS: 'SMTP_URL',
  DATA_DIR: 'SKEIN_DATA_DIR',
  SKEIN_PORT: 'PORT',
  WEB_PORT: 'PORT',
};

/** Returns each misspelt name with the setting that was meant, unless that setting is set as well. */
export function nearMisses(
  names: readonly string[],
  isSet: (name: string) => boolean,
): { name: string; meant: string }[] {
  return names.flatMap((name) => {
    if (!isSet(name) || KNOWN.includes(name) || OF_AN_AGENT.test(name)) return [];
    const meant = meantBy(name.toUpperCase());
    return meant && !isSet(meant) ? [{ name, meant }] : [];
  });
}

function meantBy(name: string): string | undefined {
  // Removes Docker's suffix for secrets, and the prefix of some of our settings.
  const bare = name.replace(/_FILE$/, '').replace(/^SKEIN_(?=.*_)/, '');
  return TRIED[name] ?? slipOf(name) ?? (bare === name ? undefined : KNOWN.find((known) => known === bare));
}

/** Returns the setting with a similar name. Two letters may differ, in short names one, in the shortest none. */
function slipOf(name: string): string | undefined {
  const near = KNOWN.filter((known) => known === name || (known.length >= 6 && isNear(name, known)));
  return closest(name, near);
}

/** Compares the lengths first: a start looks at all variables of the machine. */
function isNear(name: string, known: string): boolean {
  const slack = slackOf(known);
  return Math.abs(name.length - known.length) <= slack && closest(name, [known], slack) !== undefined;
}

function slackOf(known: string): number {
  return known.length < 10 ? 1 : 2;
}

/** For each part: the settings that turn it on, and the sentence that says what happens without them. */
export const PARTS: readonly { starters: readonly string[]; without: string }[] = [
  {
    starters: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
    without: 'Slack would only be practised on this machine',
  },
  { starters: ['ANTHROPIC_API_KEY'], without: 'a stand-in would answer in place of a model' },
  { starters: ['MONGODB_URI'], without: 'everything would be kept in files on this machine, and not in MongoDB' },
  { starters: ['IMAP_URL', 'SMTP_URL'], without: 'no real mail would come in or go out' },
];
