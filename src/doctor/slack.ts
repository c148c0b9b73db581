// Findings about the Slack app: the scopes that its token lacks, each with its reason in docs/slack.md. Pure.
import { parse } from 'yaml';
import type { TokenFound } from '../slack/check-slack.ts';
import { type Finding, fault, ok, warning } from './check.ts';

/** Returns the scopes that `slack-app-manifest.yaml` asks for. */
export function scopesWanted(manifest: string): string[] {
  const { oauth_config } = parse(manifest) as { oauth_config: { scopes: { bot: string[] } } };
  return oauth_config.scopes.bot;
}

/** Returns the reason of each scope, from the table in docs/slack.md: | `scope` | why | */
export function reasonsIn(page: string): Map<string, string> {
  const rows = page.matchAll(/^\| `([a-z_.]+(?::[a-z_.]+)*)` \| (.+?) \|$/gm);
  return new Map([...rows].map(([, scope = '', why = '']) => [scope, why.replaceAll('`', '')]));
}

export function tokenFinding({ team, bot }: TokenFound): Finding {
  return ok(`It is ${bot}'s, in ${team}.`);
}

const REINSTALL =
  'Add them in Slack (your app, OAuth & Permissions, Bot Token Scopes) and press “Reinstall to Workspace” there; if it shows a new token, put that into SLACK_BOT_TOKEN.';

export function scopesFinding(
  have: readonly string[] | undefined,
  wanted: readonly string[],
  reasons: ReadonlyMap<string, string>,
): Finding {
  const part = 'Slack scopes';
  if (!have)
    return { ...warning('The server does not say which it gave.', 'Compare them with slack-app-manifest.yaml.'), part };
  const missing = wanted.filter((scope) => !have.includes(scope));
  if (!missing.length) return { ...ok(`All ${wanted.length} are there.`), part };
  const each = missing.map((scope) => `${scope}: ${reasons.get(scope) ?? 'see docs/slack.md'}`);
  const says = missing.length === 1 ? 'One is missing.' : `${missing.length} are missing.`;
  return { ...fault(says, [...each, REINSTALL].join('\n')), part };
}

export function socketFinding({ sockets }: { sockets: number }): Finding {
  return ok(`Slack said hello (${sockets} open, this one included); closed again.`);
}

export const noEventsAddress: Finding = warning(
  'The signing secret has the right form; whether Slack reaches Skein was not tried.',
  'Set PUBLIC_URL to the address that leads to Skein: Slack posts to its /slack/events.',
);

export function eventsFinding(url: string): Finding {
  return ok(`${url} answers a signed request as Slack wants it.`);
}
