// The checks of external services: Slack, mail, the model, tool servers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anthropicModel } from '../agents/model/anthropic.ts';
import { checkModel } from '../agents/model/check.ts';
import type { Config, ModelSettings } from '../config/config.ts';
import type { MailboxSettings } from '../config/mail.ts';
import { type AgentAppSettings, envOf, type SlackSettings } from '../config/slack.ts';
import { checkImap } from '../email/receive/check-imap.ts';
import { checkDkim, checkDomain, type Dns, systemDns } from '../email/send/check-dns.ts';
import { makeMailSender } from '../email/send/send-mail.ts';
import { isClear } from '../email/tls-required.ts';
import { InvalidInput, Retryable } from '../errors.ts';
import { checkEvents, checkSocket, checkToken, type TokenFound } from '../slack/check-slack.ts';
import { mainTokens, misplaced, type TokenNames } from '../slack/send/identify.ts';
import type { ToolServer } from '../tools/manifest.ts';
import { checkServer } from '../tools/mcp/check-servers.ts';
import { type Check, type Finding, faultOf, ok } from './check.ts';
import { modelFinding } from './machine.ts';
import { clearFinding, dkimFinding, domainFindings, imapFinding, smtpFinding } from './mail.ts';
import {
  eventsFinding,
  noEventsAddress,
  reasonsIn,
  scopesFinding,
  scopesWanted,
  socketFinding,
  tokenFinding,
  unknownAgentFinding,
} from './slack.ts';

const now = () => performance.now();

export function slackChecks(
  { apiUrl, ...app }: Exclude<SlackSettings, { kind: 'practice' }>,
  where: Pick<Config, 'home' | 'publicUrl'>,
): Check[] {
  return appChecks({ ...app, apiUrl }, where, {
    part: 'Slack',
    names: mainTokens,
    secret: 'SLACK_SIGNING_SECRET',
    manifest: 'slack-app-manifest.yaml',
    path: '/slack/events',
  });
}

/**
 * Checks the agents' own apps, each as the main app, and whether they work beside it. `main`: the main app. `handles`: the
 * agents of the manifests.
 */
export function agentAppChecks(
  apps: readonly AgentAppSettings[],
  { main, ...where }: Pick<Config, 'home' | 'publicUrl'> & { main: SlackSettings },
  handles: readonly string[],
): Check[] {
  const apiUrl = main.kind === 'practice' ? undefined : main.apiUrl;
  const botToken = main.kind === 'practice' ? undefined : main.botToken;
  return apps.flatMap((app) => {
    const handle = handles.find((one) => envOf(one) === app.env) ?? app.env.toLowerCase();
    const part = `Slack of ${handle}`;
    const known = handles.some((one) => envOf(one) === app.env) ? [] : [foundBy(part, unknownAgentFinding(app.env))];
    if (app.kind === 'practice') return [...known, foundBy(part, ok('Its own app, in the practice Slack.'))];
    const names = { botToken: `SLACK_${app.env}_BOT_TOKEN`, appToken: `SLACK_${app.env}_APP_TOKEN` };
    const secret = `SLACK_${app.env}_SIGNING_SECRET`;
    const about = { part, names, secret, manifest: 'manifests/slack/agent.yaml', path: `/slack/events/${handle}` };
    const beside = botToken ? { beside: { handle, botToken } } : {};
    return [...known, ...appChecks({ ...app, apiUrl }, where, { ...about, ...beside })];
  });
}

function foundBy(part: string, finding: Finding): Check {
  return { part, cure: 'Look at the line above.', run: async () => finding };
}

type CheckedApp =
  | { kind: 'socket'; botToken: string; appToken: string; apiUrl: string | undefined }
  | { kind: 'http'; botToken: string; signingSecret: string; apiUrl: string | undefined };

interface AboutApp {
  /** The beginning of the names of its checks. */
  part: string;
  names: TokenNames;
  secret: string;
  /** The file whose scopes the token needs. */
  manifest: string;
  /** The path to which Slack posts its events. */
  path: string;
  /** The agent whose own app it is, and the token of the main app. */
  beside?: { handle: string; botToken: string };
}

function appChecks(
  app: CheckedApp,
  { home, publicUrl }: Pick<Config, 'home' | 'publicUrl'>,
  { part, names, secret, manifest, path, beside }: AboutApp,
): Check[] {
  const { botToken, apiUrl } = app;
  const cure = 'Look whether this machine reaches Slack (https://slack-status.com), and try again.';
  const token: Check = {
    part: `${part} token`,
    cure,
    async run(signal) {
      const found = await checkToken({ token: botToken, apiUrl }, signal, names);
      const wrong = beside && (await besideMain(found, { ...beside, apiUrl, names }, signal));
      if (wrong) return faultOf(wrong, cure);
      const [wanted, page] = await Promise.all([
        readFile(join(home, manifest), 'utf8'),
        readFile(join(home, 'docs/slack.md'), 'utf8'),
      ]);
      const scopes = scopesFinding(found.scopes, scopesWanted(wanted), reasonsIn(page), {
        ...{ setting: names.botToken, manifest, part: `${part} scopes` },
      });
      return [tokenFinding(found), scopes];
    },
  };
  if (app.kind === 'socket') {
    const run = async (signal: AbortSignal) =>
      socketFinding(await checkSocket({ token: app.appToken, apiUrl }, signal, names));
    return [token, { part: `${part} socket`, cure, run }];
  }
  const url = publicUrl && `${publicUrl.replace(/\/+$/, '')}${path}`;
  const events: Check = {
    part: `${part} events`,
    cure: 'Start Skein, and lead PUBLIC_URL to it.',
    async run(signal) {
      if (!url) return noEventsAddress(path);
      await checkEvents({ signingSecret: app.signingSecret, url, secret }, signal);
      return eventsFinding(url);
    },
  };
  return [token, events];
}

/** Returns why the agent's app can't work beside the main app. A main app that does not work is told by its own check. */
async function besideMain(
  found: TokenFound,
  {
    handle,
    botToken,
    apiUrl,
    names,
  }: { handle: string; botToken: string; apiUrl: string | undefined; names: TokenNames },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return misplaced(found, await checkToken({ token: botToken, apiUrl }, signal), { handle, names });
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof Retryable) return undefined;
    throw error;
  }
}

export function mailChecks({ accounts, smtpUrl, home, dkim }: MailboxSettings, dns: () => Dns = systemDns): Check[] {
  const imap = accounts.map(
    (account): Check => ({
      part: account.name === 'mail' ? 'IMAP' : `IMAP ${account.name}`,
      cure: 'Check the host and the port in IMAP_URL, and that this machine may reach them.',
      async run(signal) {
        const found = imapFinding(account.host, await checkImap(account, signal));
        return account.tls === 'optional' ? [found, clearFinding('IMAP_URL', account.host)] : found;
      },
    }),
  );
  const smtp: Check = {
    part: 'SMTP',
    cure: 'Check the host and the port in SMTP_URL, and that this machine may reach them.',
    async run(signal) {
      const quiet = () => {};
      const sender = makeMailSender({ settings: { url: smtpUrl }, logger: { info: quiet, warn: quiet, error: quiet } });
      signal.addEventListener('abort', () => sender.stop(), { once: true });
      try {
        await sender.check();
        const found = smtpFinding(smtpUrl);
        return isClear(smtpUrl) ? [found, clearFinding('SMTP_URL', new URL(smtpUrl).host)] : found;
      } finally {
        sender.stop();
      }
    },
  };
  const asking = (part: string, ask: (dns: Dns) => ReturnType<Check['run']>): Check => ({
    part,
    cure: 'Look whether this machine has a name server that answers, and try again.',
    async run(signal) {
      const asked = dns();
      signal.addEventListener('abort', () => asked.stop(), { once: true });
      return ask(asked);
    },
  });
  return [
    ...imap,
    smtp,
    // Checked only for a whole domain. Behind a single address, the DNS records are the business of its provider.
    ...(home.kind === 'domain'
      ? [asking('DNS', async (dns) => domainFindings(home.domain, await checkDomain(dns, home.domain)))]
      : []),
    ...(dkim ? [asking('DKIM', async (dns) => dkimFinding(await checkDkim(dns, dkim)))] : []),
  ];
}

/** In milliseconds. A model may think before it answers. */
const MODEL_MS = 30_000;

export function modelChecks(
  settings: Extract<ModelSettings, { kind: 'anthropic' }>,
  names: readonly string[],
): Check[] {
  return names.map((name) => ({
    part: 'Model',
    within: MODEL_MS,
    cure: 'Look whether this machine reaches the model service (https://status.claude.com), and try again.',
    run: async (signal) => modelFinding(name, await checkModel(anthropicModel(settings), name, { signal, now })),
  }));
}

/** In milliseconds. npx may have to download the server first. */
const SERVER_MS = 30_000;

export function toolChecks(servers: readonly ToolServer[]): Check[] {
  return servers.map((server) => ({
    part: 'Tools',
    within: SERVER_MS,
    cure: `Correct manifests/tools/${server.name}.yaml, or write \`enabled: false\` there.`,
    async run(signal) {
      if (!server.enabled) return ok(`${server.name} is switched off in manifests/tools/${server.name}.yaml.`);
      const { tools } = await checkServer(server, signal);
      return ok(`${server.name} answers and has ${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}.`);
    },
  }));
}
