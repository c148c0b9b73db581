// A digest tells what was not told yet, once: it is committed in the reader's own log before the digest is sent.
import { expect } from 'chai';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { Retryable } from '../../../src/errors.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { carryDigest, type DigestDeps } from '../../../src/outbox/kinds/digest.ts';
import { WORDING_SPEC, type Worded, type WordingDoc } from '../../../src/outbox/wordings.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { PEOPLE } from '../../../src/pods/people/person.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, START, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

const DAY_MS = 86_400_000;

describe('a digest and what waits', () => {
  let world: World;
  let sent: Worded[];
  let deps: DigestDeps;
  let days: number;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS, WORDING_SPEC]) });
    [sent, days] = [[], 0];
    deps = {
      ...{ act: world.act, texts, read: makeReader(world.store), clock: () => world.clock.now, links: NO_LINKS },
      wordings: world.store.collection<WordingDoc>('wordings'),
      slack: async (worded) => void sent.push(worded),
    };
    await closed();
  });

  /** The delivery of the next day's digest. */
  async function closed() {
    const before = world.delivered.length;
    const day = new Date(START + ++days * DAY_MS).toISOString().slice(0, 10);
    await world.does('skein', 'close_digest', { person: world.ben, day });
    const delivery = world.delivered.slice(before).find((one) => one.kind === 'digest');
    return delivery?.kind === 'digest' ? delivery : undefined;
  }
  const lines = () => sent.at(-1)?.sections.flatMap((section) => section.lines.map(({ text }) => text)) ?? [];
  const digest = async () => {
    const delivery = await closed();
    if (delivery) await carryDigest(deps, delivery, signal);
    return lines();
  };
  /** Carries the acts that were delivered, as the outbox does. */
  const heard = async () => {
    for (const one of world.delivered.splice(0))
      if (one.kind === 'act') {
        const { in: pod, actor, action, input, key } = one;
        await world.act({ pod, actor, via: 'skein', action, input, key });
      }
  };
  const noticed = async () => {
    const dueAt = (await world.doc(TELLINGS, world.ben))?.dueAt;
    if (dueAt === undefined) return undefined;
    world.clock.now = Math.max(world.clock.now, dueAt);
    const act = { pod: world.ben, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt } } as const;
    const { commit } = await world.act({ ...act, key: `due:${dueAt}` });
    return commit?.deliveries.map(({ kind }) => kind);
  };
  const gives = (title: string, more = {}) => world.does(world.ada, 'create_task', { title, assignee: 'ben', ...more });

  it('begins with what was not told yet, the most urgent first; what a notice told comes below and is no news', async () => {
    await gives('Old box');
    await heard();
    expect(await noticed()).to.deep.equal(['notice']);
    await gives('Later box', { due: '2026-11-27' });
    await world.does(world.ada, 'start_conversation', { title: 'Rye', text: '@ben which flour?' });
    await gives('Sooner box', { due: '2026-11-02' });
    await heard();
    const all = await digest();
    expect(all.slice(0, 4).map((line) => /“(.*)”/.exec(line)?.[1])).to.deep.equal([
      'Sooner box',
      '@ben which flour?',
      'Later box',
      'Old box',
    ]);
    const news = all.slice(4).join('\n');
    expect(news, 'nothing twice').not.to.match(/Sooner box|Later box|Old box/);
  });

  it('is the telling: no notice repeats it, nor the next digest as something new', async () => {
    await gives('Order boxes', { due: '2026-12-20' });
    await heard();
    const delivery = await closed();
    expect(delivery).not.to.equal(undefined);
    if (delivery) await carryDigest(deps, delivery, signal);
    expect(lines().join('\n')).to.contain('Order boxes');
    expect(sent.at(-1)?.facts.tasks[0]).to.include({ untold: 0 });
    expect(await noticed()).to.equal(undefined);
    const first = JSON.stringify(sent.at(-1));
    // The send was lost: it is carried again, and tells the same.
    if (delivery) await carryDigest(deps, delivery, signal);
    expect(JSON.stringify(sent.at(-1))).to.equal(first);
    await world.does(world.ada, 'record_decision', { decision: 'We start on Monday.' });
    await digest();
    expect(sent.at(-1)?.facts.tasks[0], 'told before').not.to.have.property('untold');
  });

  it('tells of a step that came after its range too, since it had to wait, and no digest tells it again', async () => {
    await world.does(world.ben, 'set_involvement', { level: 'every_step' });
    await world.does(world.ada, 'create_task', { title: 'Within', assignee: 'gil' });
    const waited = await closed();
    await world.does(world.ada, 'create_task', { title: 'After', assignee: 'gil' });
    await heard();
    if (waited) await carryDigest(deps, waited, signal);
    const told = (title: string) => lines().filter((line) => line.includes(title)).length;
    expect([told('Within'), told('After')]).to.deep.equal([1, 1]);
    expect(await noticed()).to.equal(undefined);
    sent = [];
    await digest();
    expect([told('Within'), told('After')]).to.deep.equal([0, 0]);
  });

  it('tells how a question ended within its range, though nothing else is worth sending', async () => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Rye', text: 'Flour' });
    const { question } = await world.does(world.scribe, 'ask', {
      ...{ to: ['ben'], question: 'Which flour?', conversation: conversation.id, needed_by: '1h' },
    });
    await heard();
    expect(await noticed()).to.deep.equal(['notice']);
    await digest();
    for (let doc = await world.doc(QUESTIONS, question.id); doc?.state === 'open'; ) {
      world.clock.now = Math.max(world.clock.now, doc.dueAt);
      await world.does('skein', 'question_due', { question: doc.id, due: doc.dueAt });
      doc = await world.doc(QUESTIONS, question.id);
    }
    await heard();
    expect((await digest()).join('\n'))
      .to.contain('Nobody answered q1')
      .and.contain('Which flour?');
    expect(await noticed(), 'no notice repeats it').to.equal(undefined);
  });

  it('does not tell what was settled meanwhile, and leaves it to the digest that is sent', async () => {
    await gives('Order boxes');
    await heard();
    await world.does(world.ada, 'complete_task', { task: '#1' });
    expect((await digest()).filter((line) => line.startsWith('Open'))).to.deep.equal([]);
    // Ended: nothing is sent, so nothing counts as told.
    await gives('Weigh the flour');
    await heard();
    const delivery = await closed();
    await world.does(world.ben, 'set_digest', { state: 'off' });
    if (delivery) await carryDigest(deps, delivery, signal);
    expect(await noticed()).to.deep.equal(['notice']);
  });

  it('tells nobody who was out before it was sent, so they are told once they are back', async () => {
    await gives('Old box');
    await heard();
    const delivery = await closed();
    if (!delivery) throw new Error('There is no digest.');
    const send = deps.slack;
    deps.slack = () => Promise.reject(new Retryable('Slack is away.'));
    await carryDigest(deps, delivery, signal).catch(() => undefined);
    deps.slack = send;
    const account = (await world.doc(PEOPLE, world.ben))?.accounts[0];
    const is = (state: string) =>
      world.does('skein', 'register_person', { account, name: 'Ben Okafor', handle: 'ben', role: 'member', state });
    await is('out');
    await carryDigest(deps, delivery, signal);
    expect(sent).to.deep.equal([]);
    expect(await noticed()).to.deep.equal([]);
    await is('in');
    await heard();
    expect(await noticed()).to.deep.equal(['notice']);
  });

  it('does not tell of a pod that was archived before it was sent, so they are told once it is restored', async () => {
    await gives('Old box');
    await heard();
    const delivery = await closed();
    if (!delivery) throw new Error('There is no digest.');
    const send = deps.slack;
    deps.slack = () => Promise.reject(new Retryable('Slack is away.'));
    const error = await carryDigest(deps, delivery, signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Retryable);
    deps.slack = send;
    await world.does(world.ada, 'archive_pod', {});
    await carryDigest(deps, delivery, signal);
    expect(lines().join('\n')).not.to.contain('Old box');
    await world.does(world.ada, 'archive_pod', { restore: true });
    await heard();
    expect(await noticed()).to.deep.equal(['notice']);
  });
});
