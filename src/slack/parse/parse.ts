// Parses a payload of Slack, from Socket Mode or HTTP. Pure; never throws.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Inbound, Self } from './inbound.ts';
import { parseEvent } from './parse-event.ts';
import { parseCommand, parseInteraction } from './parse-interaction.ts';

export { aliasesOf, keyOf, laneOf } from './inbound.ts';

const interactions = new Set([
  'block_actions',
  'view_submission',
  'view_closed',
  'shortcut',
  'message_action',
  'block_suggestion',
  'interactive_message',
  'dialog_submission',
  'dialog_cancellation',
]);

/**
 * Returns the parsed payload. `body`: an Events API callback, an interaction or a slash command, as parsed JSON or form
 * data.
 */
export function parse(body: unknown, self: Self): Inbound {
  const envelope = looseEnvelope(body);
  try {
    if (envelope.type === 'event_callback') return parseEvent(body, self);
    if (envelope.type !== undefined && interactions.has(envelope.type)) return parseInteraction(body, envelope.type);
    if (envelope.command !== undefined) return parseCommand(body);
    if (envelope.type === undefined) {
      const problem =
        'Slack sent a body that is neither an event, an interaction nor a slash command: it has no "type".';
      return { kind: 'malformed', team: envelope.team, problem, id: digestOf(body) };
    }
    return { kind: 'unsupported', team: envelope.team, type: envelope.type, id: envelope.eventId ?? digestOf(body) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const id = envelope.eventId ?? digestOf(body);
    return { kind: 'malformed', team: envelope.team, problem: problemOf(envelope, error), id };
  }
}

const text = z.string().optional().catch(undefined);
const looseBody = z.object({
  type: text,
  command: text,
  event_id: text,
  context_team_id: text,
  team_id: text,
  team: z.object({ id: text }).optional().catch(undefined),
  event: z.object({ type: text }).optional().catch(undefined),
});

interface Envelope {
  type: string | undefined;
  command: string | undefined;
  event: string | undefined;
  eventId: string | undefined;
  team: string;
}

function looseEnvelope(body: unknown): Envelope {
  const { data } = looseBody.safeParse(body);
  return {
    type: data?.type,
    command: data?.command,
    event: data?.event?.type,
    eventId: data?.event_id || undefined,
    team: data?.context_team_id || data?.team_id || data?.team?.id || 'unknown',
  };
}

function problemOf(envelope: Envelope, error: z.ZodError): string {
  const what = envelope.event ?? envelope.type ?? envelope.command ?? 'body';
  const faults = error.issues.slice(0, 3).map((issue) => `"${issue.path.join('.')}": ${issue.message}`);
  return `Slack sent a ${what} that can't be read (${faults.join('; ')}); it was kept as it came.`;
}

/** Returns a hash of the body. It is the id of an unreadable payload, so that the inbox stores a repeated one once. */
function digestOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body) ?? String(body))
    .digest('hex')
    .slice(0, 32);
}
