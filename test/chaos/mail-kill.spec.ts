// kill -9 at any moment of a forwarded mail's journey, delivered three times: one task, one post, and each mail of ours once,
// as a mail program shows it.
import { join } from 'node:path';
import { expect } from 'chai';
import { messagesSeen } from '../../src/practice/driver/look.ts';
import { type PracticeMail, startPracticeMail } from '../../src/practice/mail/server.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { aMail, forwarding } from '../journeys/mails.ts';
import type { Seen } from '../journeys/team.ts';
import { silent } from '../logs.ts';
import type { Child } from './child.ts';
import { aFleet, expectClean, laidAside, noneWaits, queuesEmpty, tasks } from './fleet.ts';
import { mailMoments, named, seeded, type Tapped, when } from './moments.ts';
import { type SmtpTap, smtpTap } from './smtp-tap.ts';
import { AGENTS, aWorld, LAUNCH, until, type World } from './world.ts';

const SHORT_LEASE_MS = '3000';
const DOMAIN = 'pods.wildgoose.example';
const POD = `launch@${DOMAIN}`;
const ADA = 'ada@wildgoose.example';
/** In copy: he hears the answer in a mail of his own, also where hers brings it with the acknowledgement. */
const BEN = 'ben@wildgoose.example';
const KIM = 'kim@mill.example';

for (const store of ['embedded', 'mongo'] as const) {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));
  const missing = store === 'mongo' && !process.env.MONGODB_URI;
  const needs = missing ? ' (needs MONGODB_URI)' : '';

  (missing ? describe.skip : describe)(`a mail and a kill, ${store} (CHAOS_SEED=${seed})`, () => {
    const fleet = aFleet();
    let world: World;
    let mail: PracticeMail;
    let tapped: Tapped;
    let taps: { inTap: SmtpTap; outTap: SmtpTap };
    let env: Record<string, string>;
    let door: number | undefined;
    let living: Child;
    let spares: Child[];
    let usualMs: number;

    const spawn = async () => {
      const child = await fleet.spawn(env);
      child.onDoor((port) => {
        door = port;
      });
      return child;
    };

    before(async () => {
      world = await aWorld();
      const dir = join(world.env().SKEIN_DATA_DIR ?? '', '..', 'mail');
      mail = await startPracticeMail({ dir, domain: DOMAIN, clock: Date.now, logger: silent });
      const outgoing = Number(new URL(mail.smtpUrl).port);
      taps = { inTap: await smtpTap(() => door), outTap: await smtpTap(() => outgoing) };
      mail.begin(taps.inTap.port);
      tapped = { ...world, ...taps };
      const uri = store === 'mongo' ? freshDatabase() : undefined;
      env = {
        ...world.env(),
        CHAOS_SMTP_URL: `smtp://127.0.0.1:${taps.outTap.port}`,
        CHAOS_MAIL_DOMAIN: DOMAIN,
        ...(uri ? { MONGODB_URI: uri, CHAOS_LEASE_MS: SHORT_LEASE_MS } : {}),
      };
      living = await spawn();
      await living.go();
      spares = [await spawn(), await spawn()];
      await world.ask('/skein pod new');
      forward('Warm up');
      await settled('Warm up');
      const began = performance.now();
      forward('Once more');
      await settled('Once more');
      usualMs = performance.now() - began;
    });
    after(async () => {
      await fleet.stop();
      await mail.stop();
      await Promise.all([taps.inTap.stop(), taps.outTap.stop()]);
      await world.stop();
      if (env.MONGODB_URI) await dropDatabase(env.MONGODB_URI);
    });

    const idOf = (title: string) => title.replace(/\W+/g, '-');
    /** As three servers on the way may do it, each adding its own traces. */
    function forward(title: string): void {
      const above = 'Which tasks are open here?';
      const written = { from: ADA, to: POD, subject: `Fwd: ${title}`, above, id: idOf(title), headers: [`Cc: ${BEN}`] };
      const raw = Buffer.from(forwarding(written));
      for (let copy = 0; copy < 3; copy++) mail.post({ from: ADA, to: [POD], raw }).catch(() => undefined);
    }
    const ours = (title: string, reader = ADA) =>
      mail
        .mails()
        .filter(({ to }) => to.includes(reader))
        .map(({ raw }) => raw.toString('utf8'))
        .filter((text) => new RegExp(`^In-Reply-To: <${idOf(title)}@`, 'm').test(text));
    const isAck = (text: string) => text.includes('I have taken this on');
    const isAnswer = (text: string) => text.includes('Stand-in model');
    const posts = (title: string) =>
      (messagesSeen(world.slack.surfaces.workspace, LAUNCH, undefined, undefined) as unknown as Seen[]).filter(
        ({ username, text }) => username === 'Ada Lindqvist (through Skein)' && text.includes(title),
      );
    const settled = async (title: string) => {
      await until(
        () =>
          ours(title).some(isAck) &&
          ours(title).some(isAnswer) &&
          ours(title, BEN).length > 0 &&
          posts(title).length > 0,
        'an acknowledgement, an answer to each and a post',
        fleet.told,
        60_000,
      );
      await until(() => mail.mails().every(({ handed }) => handed), 'all copies handed over', fleet.told);
      await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    };

    for (const [n, at] of mailMoments(seeded(seed)).entries())
      it(`${named(at)}: one task, one post, each mail once${needs}`, async () => {
        const title = `Oven number ${n + 100}`;
        const killed = when(tapped, at, usualMs, () => living.kill());
        forward(title);
        await killed;
        expect((await living.exited).signal).to.equal('SIGKILL');

        door = undefined;
        spares.push(await spawn());
        living = spares.shift() as Child;
        await living.loaded;
        await living.go();
        await settled(title);

        expect(await laidAside(env), fleet.told()).to.deep.equal([]);
        expect((await tasks(env)).filter((task) => task === title)).to.have.length(1);
        expect(posts(title)).to.have.length(1);
        const [post] = posts(title);
        const answers = world.thread(post?.ts ?? '').filter(({ username }) => AGENTS.includes(username));
        expect(answers).to.have.length(1);
        // At least once, and the same to the byte: mail programs show one.
        expect(new Set(ours(title).filter(isAck)).size).to.equal(1);
        expect(new Set(ours(title).filter(isAnswer)).size).to.equal(1);
        // One mail where the answer came at once; a kill may have parted them.
        expect(new Set(ours(title)).size).to.be.at.most(2);
        const his = new Set(ours(title, BEN));
        expect([...his].map((text) => [isAnswer(text), isAck(text)])).to.deep.equal([[true, false]]);
      });

    it(`the mail server has an invitation, and Skein does not know it: it is one mail to the byte${needs}`, async () => {
      const invitations = () => mail.mails().filter(({ to }) => to.includes(KIM));
      const [ack = ''] = ours('Once more').filter(isAck);
      const header = (name: string) =>
        new RegExp(`^${name}: .*?([^\\s<>]+@[^\\s<>]+)`, 'im').exec(unfolded(ack))?.[1] ?? '';
      const to = header('Reply-To');
      const text = `admit Kim Noor <${KIM}>`;
      const headers = [`In-Reply-To: <${header('Message-ID')}>`];
      const raw = Buffer.from(aMail({ from: ADA, to, subject: 'Re: Once more', text, id: 'admits', headers }));
      const killed = new Promise<void>((done) => {
        taps.outTap.hear = (_, moment) => {
          if (moment !== 'done' || !invitations().length) return undefined;
          taps.outTap.hear = () => undefined;
          living.kill();
          done();
        };
      });
      await mail.post({ from: ADA, to: [to], raw });
      await killed;
      await living.exited;
      door = undefined;
      living = spares.shift() as Child;
      await living.loaded;
      await living.go();
      const again = async () => invitations().length > 1 && (await noneWaits(env, 'invite'));
      await until(again, 'the mail again', fleet.told);
      expect(new Set(invitations().map((one) => one.raw.toString('utf8'))).size).to.equal(1);
      expect(await laidAside(env), fleet.told()).to.deep.equal([]);
    });

    it(`says nothing of bugs, and no secret${needs}`, () => {
      expectClean(fleet.lines(), env);
    });
  });
}

function unfolded(raw: string): string {
  return raw.replace(/\r?\n[ \t]+/g, ' ');
}
