// Gives an agent a Slack app of its own: its manifest, the names of its settings, and the checks of its tokens.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { surveyConfig } from '../config/config.ts';
import { envOf } from '../config/slack.ts';
import { InvalidInput } from '../errors.ts';
import { surveyShipped } from '../manifests/read.ts';
import { type AgentManifest, type AgentProfile, agentManifest, asYaml, createLink } from '../slack/agent-manifest.ts';
import { type Checked, runCheck } from './check.ts';
import { withoutSecrets } from './secrets.ts';
import { agentAppChecks } from './services.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type AppAgent = AgentProfile & { handle: string };

/** Returns the agents of Skein's own files. They have no person as their owner. */
export async function shippedAgents(home: string, env: Env): Promise<AppAgent[]> {
  const { agents } = await surveyShipped(home, env);
  return agents.map(({ input }) => ({
    handle: input.handle,
    name: String(input.name),
    purpose: String(input.purpose),
    owner: 'the people who run Skein',
  }));
}

/** Returns the manifest as YAML, to be pasted, and the link that has it filled in. */
export async function manifestFor(home: string, agent: AgentProfile): Promise<{ yaml: string; link: string }> {
  const template = parse(await readFile(join(home, 'manifests/slack/agent.yaml'), 'utf8')) as AgentManifest;
  const manifest = agentManifest(template, agent);
  return { yaml: asYaml(manifest), link: createLink(manifest) };
}

export function settingsOf(handle: string): { bot: string; app: string; secret: string } {
  const start = `SLACK_${envOf(handle)}`;
  return { bot: `${start}_BOT_TOKEN`, app: `${start}_APP_TOKEN`, secret: `${start}_SIGNING_SECRET` };
}

/**
 * Starts the checks of this agent's app. None of them rejects.
 * @throws InvalidInput with the faults of its settings, or of the main app's, without which it can't work
 */
export function checkAgentApp(env: Env, home: string, handle: string): Promise<Checked[]>[] {
  const { config, faults } = surveyConfig(env, home);
  const start = `SLACK_${envOf(handle)}`;
  const apps = config.slackAgents.filter((one) => one.env === envOf(handle));
  const own = faults.filter((one) => one.includes(`${start}_`) || !apps.length);
  if (own.length) throw new InvalidInput(own.join('\n'));
  const where = { home, main: config.slack, ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}) };
  const tools = { now: () => performance.now(), clean: withoutSecrets(env) };
  return agentAppChecks(apps, where, [handle]).map((check) => runCheck(tools, check));
}
