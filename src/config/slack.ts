// The settings of Slack: the main app, and the agents' own apps.
import { closest } from '../closest.ts';
import type { SettingsReader } from './mail.ts';
import { OF_AN_AGENT } from './names.ts';

export type SlackSettings =
  | { kind: 'practice' }
  | { kind: 'socket'; botToken: string; appToken: string; apiUrl?: string }
  | { kind: 'http'; botToken: string; signingSecret: string; apiUrl?: string };

/** The settings of an agent's own Slack app. `env`: the agent in the names of the settings, as `SCRIBE`. */
export type AgentAppSettings = { env: string } & (
  | { kind: 'practice' }
  | { kind: 'socket'; botToken: string; appToken: string }
  | { kind: 'http'; botToken: string; signingSecret: string }
);

/** The names of the settings of one app, for sentences about them. */
interface Names {
  bot: string;
  app: string;
  secret: string;
}

const MAIN: Names = { bot: 'SLACK_BOT_TOKEN', app: 'SLACK_APP_TOKEN', secret: 'SLACK_SIGNING_SECRET' };

/** The value of an agent's bot token that gives it an app in the practice Slack. */
export const PRACTICE = 'practice';

/** `apiUrl`: the address of Slack's Web API, checked already. */
export function slackFrom(reader: SettingsReader, apiUrl: string | undefined): SlackSettings {
  const { given, faults } = reader;
  if (!given(MAIN.bot) && !given(MAIN.app) && !given(MAIN.secret)) {
    if (given('SLACK_API_URL'))
      faults.push('SLACK_API_URL is set without SLACK_BOT_TOKEN. Set the token too, or leave both out to practise.');
    return { kind: 'practice' };
  }
  const found = appFrom(reader, MAIN);
  return found ? { ...found, ...(apiUrl ? { apiUrl } : {}) } : { kind: 'practice' };
}

type AppSettings =
  | { kind: 'socket'; botToken: string; appToken: string }
  | { kind: 'http'; botToken: string; signingSecret: string };

/** Returns the settings of one app. Undefined if one of them is missing or wrong, which is a fault. */
function appFrom({ given, faults, notes }: SettingsReader, names: Names): AppSettings | undefined {
  const botToken = given(names.bot);
  const appToken = given(names.app);
  const signingSecret = given(names.secret);
  const before = faults.length;
  faults.push(...botTokenFaults(names, botToken), ...appTokenFaults(names, appToken, signingSecret));
  if (faults.length > before || !botToken) return undefined;
  if (appToken && signingSecret)
    notes.push(`${names.app} and ${names.secret} are both set: Socket Mode is used, the secret is not.`);
  if (appToken) return { kind: 'socket', botToken, appToken };
  return { kind: 'http', botToken, signingSecret: signingSecret ?? '' };
}

function botTokenFaults({ bot, app }: Names, token: string | undefined): string[] {
  const cure = 'Copy the bot token (xoxb-…) from your app: OAuth & Permissions.';
  if (!token) return [`${bot} is missing. ${cure}`];
  if (token.startsWith('xapp-')) return [`${bot} holds an app-level token, which belongs in ${app}. ${cure}`];
  if (!token.startsWith('xoxb-')) return [`${bot} is not a bot token: those begin with xoxb-. ${cure}`];
  return wellWritten(bot, token);
}

function appTokenFaults(
  { app, secret }: Names,
  token: string | undefined,
  signingSecret: string | undefined,
): string[] {
  const faults: string[] = [];
  const cure = 'Make an app-level token (xapp-…) with connections:write under Basic Information';
  if (!token && !signingSecret) faults.push(`${app} is missing. ${cure}; or set ${secret} to receive over HTTP.`);
  if (token && !token.startsWith('xapp-'))
    faults.push(`${app} is not an app-level token: those begin with xapp-. ${cure}.`);
  else if (token) faults.push(...wellWritten(app, token));
  if (signingSecret && !/^[0-9a-f]{16,}$/i.test(signingSecret))
    faults.push(`${secret} is not a signing secret: those are hexadecimal. Copy it from Basic Information.`);
  return faults;
}

/**
 * Returns a fault if the token has characters that no header may have. The error of sending such a token would contain
 * it.
 */
export function wellWritten(name: string, token: string): string[] {
  if (/^[\x21-\x7e]+$/.test(token)) return [];
  return [
    `${name} holds a character that no such secret has (a space, a line end, a dash of a text program). Copy it once more.`,
  ];
}

/** Returns the settings of the agents' own apps, in the order of their names. `main`: what the main app is. */
export function agentAppsFrom(
  reader: SettingsReader,
  names: readonly string[],
  main: SlackSettings['kind'],
): AgentAppSettings[] {
  const set = names.filter((name) => reader.given(name) !== undefined);
  const agents = [...new Set(set.flatMap((name) => OF_AN_AGENT.exec(name)?.[1] ?? []))].sort();
  const found = agents.flatMap((env) => agentAppFrom(reader, env, main) ?? []);
  reader.faults.push(...sharedTokens(reader, found));
  return found;
}

function agentAppFrom(reader: SettingsReader, env: string, main: SlackSettings['kind']): AgentAppSettings | undefined {
  const { given, faults } = reader;
  const names = { bot: `SLACK_${env}_BOT_TOKEN`, app: `SLACK_${env}_APP_TOKEN`, secret: `SLACK_${env}_SIGNING_SECRET` };
  const first = [names.bot, names.app, names.secret].find((name) => given(name)) ?? names.bot;
  if (env === 'SKEIN') {
    faults.push(`${first} names no agent: the main app's settings are ${MAIN.bot} and ${MAIN.app}.`);
    return undefined;
  }
  const practises = given(names.bot)?.toLowerCase() === PRACTICE;
  // A fault of the main app's own settings is told already.
  const hasMain = [MAIN.bot, MAIN.app, MAIN.secret].some((name) => given(name));
  if (practises && hasMain) {
    faults.push(
      `${names.bot} is “${PRACTICE}”, but the main app is a real one. Give the token of the agent's own app, or leave it out.`,
    );
    return undefined;
  }
  if (practises) return { kind: 'practice', env };
  if (main === 'practice' && !hasMain) {
    faults.push(
      `${first} is set without ${MAIN.bot}: an agent's own app works beside the main app. Set that up first (docs/slack.md), or practise with ${names.bot}=${PRACTICE}.`,
    );
    return undefined;
  }
  const app = appFrom(reader, names);
  return app && { ...app, env };
}

/** Every app has a token of its own. With one token for two agents, both would speak as the same Slack user. */
function sharedTokens({ given }: SettingsReader, apps: readonly AgentAppSettings[]): string[] {
  const tokens = [MAIN.bot, ...apps.map(({ env }) => `SLACK_${env}_BOT_TOKEN`)];
  return tokens.flatMap((name, n) => {
    const token = given(name);
    const twin = token && token !== PRACTICE ? tokens.slice(0, n).find((other) => given(other) === token) : undefined;
    return twin ? [`${name} and ${twin} hold the same token. Each Slack app has its own: copy the right one.`] : [];
  });
}

/** Returns the agent in the names of its settings: `SCRIBE`, and `TAX_EXPERT` for `tax-expert`. */
export function envOf(handle: string): string {
  return handle.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** An agent's own app whose agent is known. */
export type AgentApp = AgentAppSettings & { handle: string };

/** Finds the agent of each app. A fault for each that there is no agent for. */
export function agentAppsOf(
  settings: readonly AgentAppSettings[],
  handles: readonly string[],
): { apps: AgentApp[]; faults: string[] } {
  const apps: AgentApp[] = [];
  const faults: string[] = [];
  const byEnv = new Map(handles.map((handle) => [envOf(handle), handle]));
  for (const app of settings) {
    const handle = byEnv.get(app.env);
    if (handle) apps.push({ ...app, handle });
    else faults.push(unknownAgent(app.env, [...byEnv.keys()]));
  }
  return { apps, faults };
}

function unknownAgent(env: string, known: readonly string[]): string {
  const meant = closest(env, known);
  const cure = meant ? `Did you mean SLACK_${meant}_BOT_TOKEN?` : `There are: ${known.join(', ') || 'none'}.`;
  return `SLACK_${env}_BOT_TOKEN is for an agent that there is not. ${cure} Rename it, create the agent first, or leave it out.`;
}
