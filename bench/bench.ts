// npm run bench: runs all benches, or the named one.
import { commits } from './commits.ts';
import { digest } from './digest.ts';
import { firstAnswer } from './first-answer.ts';
import { graph } from './graph.ts';
import { growth } from './growth.ts';
import { ingest } from './ingest.ts';
import { mail } from './mail.ts';
import { million } from './million.ts';
import { needs } from './needs.ts';
import { news } from './news.ts';
import { prefix } from './prefix.ts';
import { steering } from './steering.ts';
import { tokens } from './tokens.ts';
import { toolStep } from './tool-step.ts';
import { waiting } from './waiting.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  'tool-step': toolStep,
  ingest,
  commits,
  'first-answer': firstAnswer,
  digest,
  mail,
  needs,
  news,
  waiting,
  prefix,
  steering,
  graph,
  growth,
  tokens,
};

/** Those that only run when they are named. */
const NAMED: typeof BENCHES = { million: () => million() };

const [name] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(BENCHES) : [BENCHES[name] ?? NAMED[name]];
if (chosen.includes(undefined)) {
  process.stderr.write(
    `There is no bench “${name}”. These exist: ${Object.keys({ ...BENCHES, ...NAMED }).join(', ')}.\n`,
  );
  process.exitCode = 1;
} else for (const bench of chosen) await bench?.();
