// The embedded store keeps the contract.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { storeContract } from './contract.ts';

storeContract(
  'embedded',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'skein-store-'));
    return { open: (specs) => openEmbedded({ dir, specs }), remove: () => rm(dir, { recursive: true }) };
  },
  { whole: true },
);
