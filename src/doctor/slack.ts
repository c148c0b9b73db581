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

export function tokenFinding({ teamName, bot }: Pick<TokenFound, 'teamName' | 'bot'>): Finding {
  return ok(`It is ${bot}'s, in ${teamName}.`);
}

function reinstall(setting: string): string {
  return `Add them in Slack (your app, OAuth & Permissions, Bot Token Scopes) and press “Reinstall to Workspace” there; if it shows a new token, put that into ${setting}.`;
}

/** The app whose scopes are looked at: the setting with its token, its manifest, and the name of the finding. */
export interface ScopesOf {
  setting: string;
  manifest: string;
  part: string;
}

const MAIN_SCOPES: ScopesOf = {
  setting: 'SLACK_BOT_TOKEN',
  manifest: 'slack-app-manifest.yaml',
  part: 'Slack scopes',
};

export function scopesFinding(
  have: readonly string[] | undefined,
  wanted: readonly string[],
  reasons: ReadonlyMap<string, string>,
  { setting, manifest, part }: ScopesOf = MAIN_SCOPES,
): Finding {
  if (!have) return { ...warning('The server does not say which it gave.', `Compare them with ${manifest}.`), part };
  const missing = wanted.filter((scope) => !have.includes(scope));
  if (!missing.length) return { ...ok(`All ${wanted.length} are there.`), part };
  const each = missing.map((scope) => `${scope}: ${reasons.get(scope) ?? 'see docs/slack.md'}`);
  const says = missing.length === 1 ? 'One is missing.' : `${missing.length} are missing.`;
  return { ...fault(says, [...each, reinstall(setting)].join('\n')), part };
}

export function socketFinding({ sockets }: { sockets: number }): Finding {
  return ok(`Slack said hello (${sockets} open, this one included); closed again.`);
}

export function noEventsAddress(path: string): Finding {
  return warning(
    'The signing secret has the right form; whether Slack reaches Skein was not tried.',
    `Set PUBLIC_URL to the address that leads to Skein: Slack posts to its ${path}.`,
  );
}

/** The agent may have been created in Slack: the running server knows, and the manifests do not. */
export function unknownAgentFinding(env: string): Finding {
  return warning(
    `No manifest has an agent of that name, so its settings (SLACK_${env}_…) are for one that was created in Slack.`,
    'If there is none, rename the settings: Skein does not start with those of an unknown agent.',
  );
}

export function eventsFinding(url: string): Finding {
  return ok(`${url} answers a signed request as Slack wants it.`);
}
