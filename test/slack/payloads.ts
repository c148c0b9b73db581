// The payloads under test/payloads/slack, and the app that they were sent to.
import { readFileSync } from 'node:fs';
import type { Self } from '../../src/slack/parse/inbound.ts';

export const self: Self = { botUserId: 'U0SKEINBOT', botId: 'B0SKEIN01', appId: 'A0SKEIN01' };

export function payload(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../payloads/slack/${name}.json`, import.meta.url), 'utf8'));
}

/** A payload with another event id, as Slack makes one for each event. */
export function eventNamed(name: string, eventId: string): Record<string, unknown> {
  return { ...payload(name), event_id: eventId };
}
