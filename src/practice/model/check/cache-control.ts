// Checks the cache markers: at most four, only on blocks that can be cached, and those with the longer TTL first.

import { invalidRequest } from '../api-error.ts';
import { blocksOf, type CacheControl, type Message, type MessagesRequest, type Tool } from '../wire.ts';
import { isRecord } from './value.ts';

const mostMarkers = 4;

export function checkCacheControl(
  body: Record<string, unknown>,
  tools: readonly Tool[],
  messages: readonly Message[],
): void {
  const system = blocksOf(body.system as MessagesRequest['system']);
  const markers: CacheControl[] = [];
  for (const block of [...tools, ...system, ...messages.flatMap((message) => blocksOf(message.content))]) {
    if (block.cache_control == null) continue;
    if ('type' in block && (block.type === 'thinking' || block.type === 'redacted_thinking')) {
      throw invalidRequest(`${block.type}.cache_control: Extra inputs are not permitted`);
    }
    markers.push(markerOf(block.cache_control));
  }
  if (body.cache_control != null) markers.push(markerOf(body.cache_control));
  if (markers.length > mostMarkers) {
    throw invalidRequest(
      `A maximum of ${mostMarkers} blocks with cache_control may be provided. Found ${markers.length}.`,
    );
  }
  const firstShort = markers.findIndex((marker) => marker.ttl !== '1h');
  if (firstShort >= 0 && markers.slice(firstShort).some((marker) => marker.ttl === '1h')) {
    throw invalidRequest("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block");
  }
}

function markerOf(value: unknown): CacheControl {
  if (!isRecord(value) || value.type !== 'ephemeral')
    throw invalidRequest("cache_control.type: Input should be 'ephemeral'");
  if (value.ttl !== undefined && value.ttl !== '5m' && value.ttl !== '1h') {
    throw invalidRequest("cache_control.ttl: Input should be '5m' or '1h'");
  }
  return value as unknown as CacheControl;
}
