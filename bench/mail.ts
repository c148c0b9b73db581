// Measures mails: stored before they are accepted, compared with a server that only accepts; made into tasks; shown in Slack.
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { readConfig } from '../src/config/config.ts';
import { handleMail } from '../src/doors/mail/route.ts';
import { mailHome } from '../src/email/address.ts';
import { startMailReader } from '../src/email/parse/read-mail.ts';
import { startSmtpReceiver } from '../src/email/receive/receive-smtp.ts';
import type { IgnoredMailDoc } from '../src/inbox/ignored-mails.ts';
import { saveMail } from '../src/inbox/save-mail.ts';
import { startWorker } from '../src/lanes/worker.ts';
import type { Commit } from '../src/log/commit.ts';
import { start } from '../src/main.ts';
import { readTexts } from '../src/texts/read-texts.ts';
import { type Child, startChild } from './child.ts';
import { inTurns, ratios } from './measure.ts';
import { atLeast, line, title } from './print.ts';
import { type Burst, type BurstDone, rawMail, senderOf } from './servers/mails.ts';
import { benchLog, HOME, makePod, openStage, type Stage } from './stage.ts';

const ROUNDS = 5;
const MAILS = 400;
const CONNECTIONS = 16;
const SENDERS = 20;
const LATENCIES = 12;
const DOMAIN = 'pods.bench.example';

export async function mail(): Promise<void> {
  title(`6. Mails of 3 kB over SMTP, ${CONNECTIONS} connections; mails per second`);
  const [stage, sender, bare] = await Promise.all([openStage(), startChild('./servers/mails.ts'), startBare()]);
  try {
    await accepted(stage, sender, bare.port);
  } finally {
    await Promise.all([stage.stop(), sender.stop()]);
  }
  title('   One mail at a time into a whole Skein, practice Slack; milliseconds');
  try {
    await seen(bare.port);
  } finally {
    await bare.stop();
  }
}

async function accepted(stage: Stage, sender: Child, barePort: number): Promise<void> {
  const { core } = stage;
  const { blobs } = core.store;
  for (let n = 0; n < SENDERS; n++) await inviteSender(stage, n);
  const receiver = await startSmtpReceiver({
    logger: benchLog,
    ingest: (raw, envelope) => saveMail({ queue: core.inbox, blobs }, raw, envelope),
  });
  const reader = startMailReader({ logger: benchLog });
  let pods = 0;
  const burst = async (port: number, to: string) => {
    const asked: Burst = { port, to, name: `b${++pods}`, mails: MAILS, connections: CONNECTIONS, senders: SENDERS };
    return sender.ask<BurstDone>(asked);
  };
  try {
    const found = await inTurns(ROUNDS, {
      async saved() {
        const to = await aPod(stage, pods + 1);
        const { seconds } = await burst(receiver.port, to);
        const handledIn = await handleAll(stage, reader);
        return { rate: MAILS / seconds, handled: (MAILS + CONNECTIONS) / handledIn };
      },
      bare: async () => ({ rate: MAILS / (await burst(barePort, `x@${DOMAIN}`)).seconds }),
    });
    line('saved for good, then accepted', found('saved', 'rate'), '/s');
    line('bare smtp-server, accepted only', found('bare', 'rate'), '/s');
    line('saved / bare', ratios(found('saved', 'rate'), found('bare', 'rate')), '', atLeast(0.5));
    line('handled to a task', found('saved', 'handled'), '/s');
  } finally {
    await Promise.all([receiver.stop(), reader.stop()]);
  }
}

/** Handles all waiting mails with the worker and the router of `npm start`. Returns seconds. */
async function handleAll({ core }: Stage, reader: ReturnType<typeof startMailReader>): Promise<number> {
  const context = {
    ...{ act: core.act, read: core.read, blobs: core.store.blobs, queue: core.inbox, reader, clock: core.clock },
    ...{ authentication: { kind: 'authserv-id', id: 'mx.practice' } as const, home: mailHome({ domain: DOMAIN }) },
    commits: core.store.collection<Commit>('commits'),
    ignored: core.store.collection<IgnoredMailDoc>('ignoredMails'),
    replyThread: async () => undefined,
    replyAddress: async () => '',
    replyList: async () => undefined,
    shownIn: async () => undefined,
    answerableLines: async () => '',
    ...{ loop: `skein@${DOMAIN}`, answer: async () => true, logger: benchLog },
    texts: (await readTexts(HOME)).texts,
  };
  const begun = performance.now();
  const worker = startWorker(
    {
      ...{ queue: core.inbox, name: 'bench', owner: 'bench', clock: core.clock, wall: Date.now, random: Math.random },
      ...{ logger: benchLog, handle: (item) => handleMail(context, item) },
    },
    () => [],
  );
  while (!(await worker.quiet())) await wait(5);
  const seconds = (performance.now() - begun) / 1000;
  await worker.stop();
  const left = await core.inbox.items.find({ where: { state: { in: ['waiting', 'aside'] } }, limit: 1 });
  if (left.length) throw new Error(`A mail was not handled: ${left[0]?.reason ?? 'it still waits'}`);
  return seconds;
}

async function inviteSender({ core, ada }: Stage, n: number): Promise<void> {
  const input = { email: senderOf(n), name: `Sender ${n}` };
  await core.act({ pod: 'org', actor: ada, via: 'cli', action: 'invite_person', input, key: `bench:${n}` });
}

/** Creates a pod with an address, and adds all senders. A pod accepts 30 mails an hour from a sender. */
async function aPod(stage: Stage, n: number): Promise<string> {
  const { core, ada } = stage;
  const { pod } = await makePod(stage, 1000 + n);
  for (let each = 0; each < SENDERS; each++) {
    const input = { who: `sender${each}` };
    await core.act({ pod, actor: ada, via: 'cli', action: 'add_member', input, key: `bench:${each}` });
  }
  const claimed = { of: pod, name: `bench ${n}` };
  const asked = { pod: 'org', actor: 'skein', via: 'skein', action: 'claim_address', input: claimed } as const;
  const { result } = await core.act<{ slug: string }>({ ...asked, key: `bench:address:${n}` });
  return `${result.slug}@${DOMAIN}`;
}

/** A complete Skein with its agents: measures from the 250 to the post about the task. */
async function seen(barePort: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-bench-'));
  let door = 0;
  const begin = (port: number) => {
    door = port;
  };
  const home = mailHome({ domain: DOMAIN });
  const smtpUrl = `smtp://127.0.0.1:${barePort}`;
  const skein = await start(readConfig({ PORT: '0', SKEIN_DATA_DIR: dir }, HOME), {
    logger: benchLog,
    mail: { kind: 'smtp', smtpUrl, home, authservId: 'mx.practice', begin },
  });
  const transports = [door, barePort].map((port) =>
    createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 }),
  );
  const accept = async (at: number, n: number): Promise<number> => {
    const from = 'ada@wildgoose.example';
    const raw = rawMail({ to: `launch@${DOMAIN}`, name: 'seen' }, from, n).replace('=bench.', '=wildgoose.');
    const begun = performance.now();
    await transports[at]?.sendMail({ envelope: { from, to: `launch@${DOMAIN}` }, raw });
    return performance.now() - begun;
  };
  try {
    let n = 0;
    const found = await inTurns(LATENCIES, {
      async skein() {
        const acceptMs = await accept(0, ++n);
        const begun = performance.now();
        await inSlack(skein.url, `Order seen ${n}`);
        const taskMs = performance.now() - begun;
        await skein.quiet();
        // Slack accepts a message per second in a channel: the next mail must not wait for this one.
        await wait(2200);
        return { acceptMs, taskMs };
      },
      bare: async () => ({ acceptMs: await accept(1, ++n) }),
    });
    line('accepted by Skein', found('skein', 'acceptMs'), 'ms');
    line('accepted by a bare smtp-server', found('bare', 'acceptMs'), 'ms');
    line('from there to the task seen in Slack', found('skein', 'taskMs'), 'ms');
    line('seen in Slack / accepted bare', ratios(found('skein', 'taskMs'), found('bare', 'acceptMs')));
  } finally {
    for (const transport of transports) transport.close();
    await skein.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function inSlack(url: string, text: string): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await wait(2)) {
    const messages = await (await fetch(`${url}/practice/messages?channel=launch`)).text();
    if (messages.includes(text)) return;
  }
  throw new Error(`“${text}” was not seen in Slack.`);
}

async function startBare(): Promise<{ port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false },
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => done(null, 'taken'));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
