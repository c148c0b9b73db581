// Chooses the Slack app through which a participant speaks in a channel: an agent's own app if it is there, else the main
// app under the agent's name. Never the app of another agent.
import { InvalidInput, NotYet } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { type AgentId, handleOf, isAgent, type ParticipantId } from '../../../log/participant.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import type { Persona } from '../../../slack/send/post.ts';
import type { Sender } from '../../../slack/send/send.ts';
import { isOfAnotherApp } from '../../../slack/send/slack-errors.ts';
import type { SlackParts } from '../../parts.ts';
import { personaOf } from '../persona.ts';
import type { SharedFile } from '../remove-file.ts';
import type { AgentApp, AgentApps } from './agent-apps.ts';

/** The parts of Slack by which something is said there. */
export type Speaking = Pick<SlackParts, 'sender' | 'removeFile' | 'reactions' | 'apps'>;

export interface Voice extends Pick<SlackParts, 'sender' | 'removeFile' | 'reactions'> {
  /** The name and picture under which it posts. Empty if the app posts as itself. */
  persona: Persona;
  /** The agent whose own app it is. Absent: the main app. */
  agent?: AgentId;
}

export interface VoiceDeps {
  read: Reader;
  slack: Speaking;
}

/** Where something is said. `pod`: the id of the channel's pod. */
export interface Said {
  pod: string;
  channel: string;
  by: ParticipantId;
}

/** @throws NotYet while another process still speaks for the app */
export async function voiceIn({ read, slack }: VoiceDeps, { pod, channel, by }: Said): Promise<Voice> {
  const host = await hostOf({ read, apps: slack.apps }, pod, channel);
  if (host) return voiceOf(host, host.agent === by ? {} : await guestPersona(read, by));
  const own = isAgent(by) ? slack.apps.of(by) : undefined;
  if (own && isAgent(by) && (await slack.apps.isIn(by, channel))) return voiceOf(own, {});
  const { sender, removeFile, reactions } = slack;
  return { sender, removeFile, reactions, persona: await personaOf(read, by) };
}

/** Returns the app of a direct message with an agent. No other app is in that. Undefined for any other channel. */
export async function hostOf(
  { read, apps }: { read: Pick<Reader, 'get'>; apps: AgentApps },
  pod: string,
  channel: string,
): Promise<AgentApp | undefined> {
  // Direct messages have ids that begin with D, so all other channels cost no read.
  const agent = channel.startsWith('D') ? (await read.get(PODS, pod))?.app : undefined;
  if (!agent) return undefined;
  const app = apps.of(agent);
  if (app) return app;
  const handle = handleOf(agent);
  throw new LostApp(
    agent,
    `The Slack app of ${handle} is out of order, and no other app is in this direct message. Set the tokens of ${handle} and start again (docs/slack.md); then retry this.`,
  );
}

/** No app can say anything there: it is a direct message with an agent's own app, whose token Slack refuses. */
class LostApp extends InvalidInput {
  readonly agent: AgentId;

  constructor(agent: AgentId, sentence: string) {
    super(sentence);
    this.agent = agent;
  }
}

/** Returns the agent of a direct message in which no app can say anything. Undefined for any other channel. */
export async function lostIn(
  deps: { read: Pick<Reader, 'get'>; apps: AgentApps },
  { pod, channel }: Pick<Said, 'pod' | 'channel'>,
): Promise<AgentId | undefined> {
  try {
    await hostOf(deps, pod, channel);
    return undefined;
  } catch (error) {
    if (error instanceof LostApp) return error.agent;
    throw error;
  }
}

function voiceOf(app: AgentApp, persona: Persona): Voice {
  if (!app.isOurs()) throw new NotYet(`Another process still speaks for ${handleOf(app.agent)}.`, LEASE_WAIT_MS);
  const { sender, removeFile, reactions, agent } = app;
  return { sender, removeFile, reactions, persona, agent };
}

const LEASE_WAIT_MS = 1_000;

/** In an agent's direct message its app also posts what others say there, such as what the person wrote by mail. */
async function guestPersona(read: Reader, by: ParticipantId): Promise<Persona> {
  return by === 'skein' ? { username: 'Skein' } : personaOf(read, by);
}

/**
 * Changes a post of this participant. Its own app may have posted it, or the main app before it had one, and Slack lets
 * each change its own posts only.
 */
export async function asPoster(deps: VoiceDeps, said: Said, change: (sender: Sender) => Promise<void>): Promise<void> {
  const { slack, read } = deps;
  const first = (await hostOf({ read, apps: slack.apps }, said.pod, said.channel)) ?? ownOf(slack.apps, said.by);
  if (!first) return change(slack.sender);
  try {
    await change(first.sender);
  } catch (error) {
    if (!isOfAnotherApp(error)) throw error;
    await change(slack.sender);
  }
}

function ownOf(apps: AgentApps, by: ParticipantId): AgentApp | undefined {
  return isAgent(by) ? apps.of(by) : undefined;
}

/** Removes a file through the app that shared it. Slack lets no other do it: that of a lost app stays, without its message. */
export async function removeShared(slack: Speaking, file: SharedFile): Promise<void> {
  const own = file.app && slack.apps.of(file.app);
  await (own ?? slack).removeFile(file);
}
