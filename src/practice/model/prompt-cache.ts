// Simulates prompt caching, so that the usage numbers are like those of the real API.

import { createHash } from 'node:crypto';
import { blocksOf, type CacheControl, type MessagesRequest, type Usage } from './wire.ts';

/** The least number of tokens that is cached. As in the API, a shorter prefix is not cached, without an error. */
const leastTokens = 512;
/** How many blocks before a cache marker the API looks for an earlier entry. */
const lookback = 20;
const lifeMs = { '5m': 300_000, '1h': 3_600_000 };

type Life = keyof typeof lifeMs;

/** A request up to and including one block. `life`: the TTL in the block's cache marker. */
interface Prefix {
  hash: string;
  tokens: number;
  life?: Life;
}

export type InputUsage = Omit<Usage, 'output_tokens'>;

export interface PromptCache {
  /** Looks the request up in the cache and stores it. Returns its usage. */
  use(request: MessagesRequest): InputUsage;
}

export function promptCache(now: () => number): PromptCache {
  const entries = new Map<string, { until: number; life: Life }>();
  return {
    use(request) {
      const at = now();
      for (const [hash, { until }] of entries) if (until <= at) entries.delete(hash);
      const prefixes = prefixesOf(request);
      const marked = prefixes.flatMap((prefix, index) => (prefix.life ? [index] : []));
      const read = lastCached(prefixes, marked, (hash) => entries.has(hash));
      const written = { '5m': 0, '1h': 0 };
      let done = read?.tokens ?? 0;
      for (const index of marked) {
        const prefix = prefixes[index];
        if (!prefix?.life || prefix.tokens < leastTokens) continue;
        if (prefix.tokens > done) {
          written[prefix.life] += prefix.tokens - done;
          done = prefix.tokens;
        }
        // An entry that stands already is kept for as long as it was paid for.
        const life = entries.get(prefix.hash)?.life ?? prefix.life;
        entries.set(prefix.hash, { until: at + lifeMs[life], life });
      }
      const entry = read && entries.get(read.hash);
      if (entry) entry.until = at + lifeMs[entry.life];
      return {
        input_tokens: (prefixes.at(-1)?.tokens ?? 0) - done,
        cache_read_input_tokens: read?.tokens ?? 0,
        cache_creation_input_tokens: written['5m'] + written['1h'],
        cache_creation: { ephemeral_5m_input_tokens: written['5m'], ephemeral_1h_input_tokens: written['1h'] },
      };
    },
  };
}

/** Estimates the tokens of the request, with four characters per token. */
export function countTokens(request: MessagesRequest): number {
  return prefixesOf(request).at(-1)?.tokens ?? 0;
}

function lastCached(prefixes: readonly Prefix[], marked: readonly number[], isCached: (hash: string) => boolean) {
  for (const marker of marked.toReversed()) {
    for (let index = marker; index >= Math.max(0, marker - lookback); index -= 1) {
      const prefix = prefixes[index];
      if (prefix && isCached(prefix.hash)) return prefix;
    }
  }
  return undefined;
}

function prefixesOf(request: MessagesRequest): Prefix[] {
  const parts: { section: string; block: { cache_control?: CacheControl | null } }[] = [
    ...(request.tools ?? []).map((block) => ({ section: 'tool', block })),
    ...blocksOf(request.system).map((block) => ({ section: 'system', block })),
    ...request.messages.flatMap(({ role, content }) => blocksOf(content).map((block) => ({ section: role, block }))),
  ];
  let hash = createHash('sha256').update(request.model).digest('hex');
  let characters = 0;
  return parts.map(({ section, block }, index) => {
    const { cache_control: own, ...rest } = block;
    const bytes = JSON.stringify(rest);
    hash = createHash('sha256').update(`${hash} ${section} ${bytes}`).digest('hex');
    characters += bytes.length;
    const marker = own ?? (index === parts.length - 1 ? request.cache_control : undefined);
    return { hash, tokens: Math.ceil(characters / 4), ...(marker && { life: marker.ttl ?? '5m' }) };
  });
}
