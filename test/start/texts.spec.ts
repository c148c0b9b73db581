// A team changes what Skein says: the next start says it.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { makeLogger } from '../../src/logger.ts';
import { start } from '../../src/main.ts';
import { HOME } from '../texts/words.ts';

describe('a text that a team has changed', () => {
  it('is said from the next start on', async () => {
    const home = await mkdtemp(join(tmpdir(), 'skein-said-'));
    try {
      for (const shelf of ['manifests', 'skills', 'templates'])
        await cp(join(HOME, shelf), join(home, shelf), { recursive: true });
      const file = join(home, 'templates/texts/digest-settings.md');
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        text.replace('Done: your digest is paused.', 'Schon **gut**: erst einmal keine Übersicht.'),
      );
      const running = await start(readConfig({ PORT: '0' }, home), { logger: makeLogger(() => {}, Date.now) });
      try {
        const response = await fetch(`${running.url}/practice/command`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ as: 'ada', channel: 'launch', text: '/skein digest pause' }),
        });
        expect(await response.text()).to.contain(
          'Schon *gut*: erst einmal keine Übersicht. /skein digest resume brings it',
        );
      } finally {
        await running.stop();
      }
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
