// Decides whether an agent's own Slack app has to come into the channel of a pod, or leave it, because the agent does.
import type { Reader } from '../../log/action.ts';
import { isAgent, type ParticipantId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { AGENT_APPS, agentAppId } from '../agent-apps/agent-app.ts';
import type { Wish } from '../deliveries.ts';
import { ORG } from './rights.ts';

/** True if the participant is an agent with an app that works. Only a pod in a Slack channel costs a read. */
export async function hasApp(read: Reader, { podDoc }: Ctx, who: ParticipantId): Promise<boolean> {
  if (!isAgent(who) || podDoc?.place.kind !== 'slack' || podDoc.direct) return false;
  return (await read.get(AGENT_APPS, agentAppId(ORG, who)))?.state === 'working';
}

/** Pure. Skein itself moves agents only because their apps have moved already. */
export function movesApp({ actor, onBehalfOf }: Ctx, who: ParticipantId, has: boolean): Wish<'presence'>[] {
  return has && isAgent(who) && actor !== 'skein' ? [{ kind: 'presence', agent: who, by: onBehalfOf ?? actor }] : [];
}
