// claim_address (Skein's own): gives a pod the free mail name that is closest to its name.

import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { idOf } from '../../log/ids.ts';
import { action } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import { ADDRESSES, addressId } from './address.ts';

/** Names that no pod gets: those of people and servers (RFC 2142), and those of Skein itself. */
const RESERVED = new Set([
  ...['postmaster', 'abuse', 'hostmaster', 'webmaster', 'security', 'noc', 'mailer-daemon', 'admin', 'root'],
  ...['no-reply', 'noreply', 'info', 'support', 'skein', 'digest', 'bounces', 'unsubscribe'],
]);
const LONGEST = 36;

/** Returns the pod's name as the local part of an address: letters, digits and dashes. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return plain || 'pod';
}

export const claimAddress = action({
  name: 'claim_address',
  title: 'Claim a mail address',
  description: 'Gives a pod the mail name that its own name wishes for, or one like it that is free.',
  input: z.strictObject({ of: z.string(), name: z.string() }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { of, name }) {
    const [known] = await read.find(ADDRESSES, { where: { of }, limit: 1 });
    return { known, free: await freeSlug(read, slugOf(name), of) };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein gives out addresses.',
  decide({ known, free }, { of }) {
    if (known) return { changes: [], result: { slug: known.slug } };
    return {
      changes: [{ v: 1, on: 'addresses', id: addressId(free), type: 'address_claimed', slug: free, of }],
      result: { slug: free },
    };
  },
});

/**
 * Returns a free mail name. An agent's name is not free: it is the address of the agent itself, as in `scribe@…`. If
 * the name is taken, a suffix from the pod's id is added; a counter would tell how many other pods have the name.
 */
async function freeSlug(read: Reader, wish: string, of: string): Promise<string> {
  for (let n = 0; ; n++) {
    const slug = n === 0 ? wish : `${wish}-${idOf('a', of, n).slice(-4)}`;
    if (RESERVED.has(slug)) continue;
    const [taken, agent] = await Promise.all([read.get(ADDRESSES, addressId(slug)), read.get(AGENTS, `agent:${slug}`)]);
    if (!taken && !agent) return slug;
  }
}
