// The manifest of an agent's own Slack app: its profile says what the agent is for and who owns it. Pure.
import { stringify } from 'yaml';

export interface AgentProfile {
  name: string;
  purpose: string;
  /** The name of whoever people ask about the agent. */
  owner: string;
}

/** The parts of manifests/slack/agent.yaml that differ from agent to agent. */
export interface AgentManifest {
  display_information: { name: string; description: string; long_description?: string };
  features: { agent_view: { agent_description: string }; bot_user: { display_name: string } };
}

/** The most characters of each part, by Slack's schema of manifests. */
const NAME_CHARS = 35;
const DESCRIPTION_CHARS = 140;
const AGENT_DESCRIPTION_CHARS = 300;

/** `template`: manifests/slack/agent.yaml, parsed. */
export function agentManifest<M extends AgentManifest>(template: M, { name, purpose, owner }: AgentProfile): M {
  const called = cut(name, NAME_CHARS);
  const owned = `Ask ${cut(owner, 40)} about it.`;
  const { display_information, features } = template;
  return {
    ...template,
    display_information: {
      ...display_information,
      name: called,
      description: `${cut(purpose, DESCRIPTION_CHARS - owned.length - 1)} ${owned}`,
      long_description: `${called} is an agent of Skein. ${purpose} It works with people in the channels of the pods that it is in, and in their direct messages; it does nothing elsewhere. It belongs to ${owner}: ask there about it. Skein uses AI; what it writes can be wrong, so check what matters.`,
    },
    features: {
      ...features,
      agent_view: {
        ...features.agent_view,
        agent_description: cut(`${purpose} Answers are made by AI.`, AGENT_DESCRIPTION_CHARS),
      },
      bot_user: { ...features.bot_user, display_name: called },
    },
  };
}

function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;
}

/** Returns the link that opens Slack's page for a new app, filled in from this manifest. */
export function createLink(manifest: AgentManifest): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
}

export function asYaml(manifest: AgentManifest): string {
  return stringify(manifest, { lineWidth: 0 });
}
