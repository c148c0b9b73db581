// Each kind of delivery keeps its guarantee when it is repeated after a crash or a lost reply.
import { expect } from 'chai';
import { Retryable } from '../../src/errors.ts';
import type { Item } from '../../src/lanes/item.ts';
import { carry } from '../../src/outbox/carry.ts';
import type { Promised } from '../../src/outbox/kind.ts';
import { DELIVERY_KINDS, kindOf } from '../../src/outbox/kinds.ts';
import { itemOf } from '../../src/outbox/save-deliveries.ts';
import { makeAgentApps } from '../../src/outbox/slack/voices/agent-apps.ts';
import type { Delivery, DeliveryOf, WishKind } from '../../src/pods/deliveries.ts';
import { TELLINGS } from '../../src/pods/telling/telling.ts';
import { refusal } from '../pods/build.ts';
import { aStage, type Stage } from './stage.ts';

/** Makes the delivery by actions of people and agents. */
type Scene<K extends WishKind> = (stage: Stage) => Promise<DeliveryOf<K>>;

const never = new AbortController().signal;
const DAY = '2026-11-03';
const ABOUT = { from: 'm@evil.test', subject: 'Pay', excerpt: 'Now', reason: 'Not proved.' };

/** A message of an agent, which Skein posts in Slack. */
async function said({ world, newest, parts }: Stage): Promise<string> {
  const { conversation } = await world.does(world.scribe, 'start_conversation', { title: 'Flour', text: 'Which one?' });
  const post = newest('post');
  await DELIVERY_KINDS.post.carry(parts, post, never);
  world.delivered.length = 0;
  expect(post.conversation).to.equal(conversation.id);
  return post.message;
}

/** A file that an agent wrote and hands over with its answer. */
async function given({ world, newest }: Stage): Promise<DeliveryOf<'file'>> {
  const { conversation } = await world.does(world.ada, 'start_conversation', {
    title: 'Flour',
    text: 'Write it down.',
  });
  const more = { conversation: conversation.id };
  await world.does(world.scribe, 'put_file', { name: 'flour.md', text: 'Rye.' }, more);
  await world.does(world.scribe, 'post_message', { text: 'Done.' }, more);
  return newest('file');
}

async function called(stage: Stage, text: string): Promise<void> {
  const { world } = stage;
  const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Flour', text: 'Let us begin.' });
  await world.does(world.ada, 'post_message', { conversation: conversation.id, text });
}

async function maja({ world }: Stage, role: 'owner' | 'member'): Promise<`person:${string}`> {
  const { person } = await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja' });
  await world.does(world.ada, 'add_member', { who: 'Maja', role });
  return person.id;
}

/** A message of this person that may answer either of two questions. */
async function unclear({ world }: Stage, by: `person:${string}`): Promise<void> {
  const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Flour', text: 'Let us begin.' });
  for (const question of ['Rye?', 'Wheat?'])
    await world.does(world.scribe, 'ask', { to: [by], question, conversation: conversation.id });
  await world.does(by, 'post_message', { conversation: conversation.id, text: 'Yes.' });
}

/** Lets them hear of what waits for them, and tells them when it is due. */
async function noticeTo({ world, newest }: Stage, person: `person:${string}`): Promise<DeliveryOf<'notice'>> {
  const { input } = newest('act');
  await world.act({ pod: person, actor: 'skein', via: 'skein', action: 'hear', input, key: 'hear' });
  const dueAt = (await world.doc(TELLINGS, person))?.dueAt ?? 0;
  world.clock.now = dueAt;
  await world.act({ pod: person, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key: 'tell' });
  return newest('notice');
}

/** Gives Scribe a Slack app of its own. */
async function withApp(world: Stage['world'], { slack }: Stage['parts']): Promise<void> {
  const facts = { agent: world.scribe, state: 'working', setting: 'SLACK_SCRIBE_BOT_TOKEN' };
  await world.does('skein', 'report_app', { ...facts, ids: { user: 'USCRIBE', bot: 'B1' } });
  const { sender, reactions, removeFile } = slack;
  const app = { agent: world.scribe, user: 'USCRIBE', sender, reactions, removeFile, isOurs: () => true };
  slack.apps = makeAgentApps([app], () => {});
}

/** One for each guarantee that a kind declares. A kind without scenes does not compile. */
const SCENES: { readonly [K in WishKind]: Partial<Record<Promised, Scene<K>>> } = {
  post: {
    async 'look-up'({ world, newest }) {
      await world.does(world.scribe, 'start_conversation', { title: 'Flour', text: 'Which one?' });
      return newest('post');
    },
  },
  update: {
    async idempotent(stage) {
      const message = await said(stage);
      await stage.world.does(stage.world.scribe, 'edit_message', { message, text: 'Which flour?' });
      return stage.newest('update');
    },
  },
  unpost: {
    async idempotent(stage) {
      await stage.world.does(stage.world.ada, 'redact', { what: await said(stage) });
      return stage.newest('unpost');
    },
  },
  mail: {
    async 'byte-identical'(stage) {
      const by = await maja(stage, 'member');
      const origin = { kind: 'email', messageId: '<m1@x.example>', raw: 'h' } as const;
      await stage.world.does(by, 'take_mail', { title: 'Rye', text: 'Please look.', followers: [] }, { origin });
      // Nobody answers within the ten minutes for which an acknowledgement waits.
      stage.world.clock.now += 600_000;
      return stage.newest('mail');
    },
  },
  notice: {
    async 'look-up'(stage) {
      await stage.world.does(stage.world.ada, 'create_task', { title: 'Weigh the flour', assignee: 'ben' });
      return noticeTo(stage, stage.world.ben);
    },
    async 'byte-identical'(stage) {
      const person = await maja(stage, 'member');
      await stage.world.does(stage.world.ada, 'create_task', { title: 'Weigh the flour', assignee: 'Maja' });
      return noticeTo(stage, person);
    },
  },
  amend: {
    async idempotent(stage) {
      await stage.world.does(stage.world.ada, 'create_task', { title: 'Weigh the flour', assignee: 'ben' });
      await DELIVERY_KINDS.notice.carry(stage.parts, await noticeTo(stage, stage.world.ben), never);
      await stage.world.does(stage.world.ada, 'complete_task', { task: '#1' });
      return stage.newest('amend');
    },
  },
  invite: {
    async 'byte-identical'(stage) {
      await maja(stage, 'member');
      return stage.newest('invite');
    },
  },
  presence: {
    async idempotent({ world, parts, newest }) {
      await withApp(world, parts);
      await world.does(world.ada, 'remove_member', { who: 'scribe' });
      return newest('presence');
    },
  },
  held: {
    async 'look-up'({ world, newest }) {
      await world.does('skein', 'hold_mail', { ...ABOUT, raw: 'a' });
      return newest('held');
    },
    async 'byte-identical'(stage) {
      const to = await maja(stage, 'owner');
      await stage.world.does('skein', 'hold_mail', { ...ABOUT, raw: 'a' });
      return { ...stage.newest('held'), to };
    },
  },
  admit: {
    async idempotent({ world, newest }) {
      const { held } = await world.does('skein', 'hold_mail', { ...ABOUT, raw: 'a' });
      await world.does(world.ada, 'accept_mail', { mail: held.id });
      return newest('admit');
    },
  },
  digest: {
    async 'look-up'({ world, newest }) {
      await world.does('skein', 'close_digest', { person: world.ada, day: DAY });
      return newest('digest');
    },
    async 'byte-identical'(stage) {
      await stage.world.does('skein', 'close_digest', { person: await maja(stage, 'member'), day: DAY });
      return stage.newest('digest');
    },
  },
  wake: {
    async idempotent(stage) {
      await called(stage, '@scribe what is open?');
      return stage.newest('wake');
    },
  },
  halt: {
    async idempotent(stage) {
      await called(stage, '@scribe stop');
      return stage.newest('halt');
    },
  },
  mark: {
    async idempotent({ world, newest }) {
      const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '7.000001' } as const;
      await world.does(world.ben, 'post_message', { text: '@scribe sum up' }, { origin });
      return newest('mark');
    },
  },
  act: {
    async idempotent({ world, newest }) {
      await world.does(world.ada, 'create_pod', { name: 'Offsite' }, { pod: 'p_offsite' });
      return newest('act');
    },
  },
  earlier: {
    async idempotent(stage) {
      const { world } = stage;
      const { message } = await world.does(world.ada, 'start_conversation', { title: 'Flour', text: 'Rye from Otto.' });
      const sent = { key: 'd', team: 'T1', channel: 'D1', ts: ['1.1'], items: [], digest: '{}', about: [message.id] };
      const recorded = {
        pod: world.ada,
        actor: 'skein',
        via: 'skein',
        action: 'record_digest',
        key: 'sent:d',
      } as const;
      await world.act({ ...recorded, input: sent });
      await world.does(world.ada, 'edit_message', { message: message.id, text: 'Rye.' });
      return stage.newest('earlier');
    },
  },
  erase: {
    async idempotent(stage) {
      await stage.world.does(stage.world.ada, 'redact', { what: await said(stage) });
      return stage.newest('erase');
    },
  },
  file: {
    'look-up': given,
    async 'byte-identical'(stage) {
      const person = await maja(stage, 'member');
      await given(stage);
      await stage.world.does(person, 'send_file', { name: 'flour.md' });
      return stage.newest('file');
    },
  },
  unfile: {
    async idempotent(stage) {
      await DELIVERY_KINDS.file.carry(stage.parts, await given(stage), never);
      await stage.world.does(stage.world.ada, 'redact', { what: stage.newest('file').file });
      return stage.newest('unfile');
    },
  },
  question: {
    async 'look-up'(stage) {
      await unclear(stage, stage.world.ben);
      return stage.newest('question');
    },
    async 'byte-identical'(stage) {
      await unclear(stage, await maja(stage, 'member'));
      return stage.newest('question');
    },
  },
};

const LANE = /^[a-z]+:./;
const RESOURCES = ['slack:main', 'mail:out', 'any'];

/** Checks each guarantee: the effects that a repeated delivery may have. */
const HELD: Record<Promised, (stage: Stage, again: () => Promise<void>) => Promise<void>> = {
  async idempotent({ stands }, again) {
    const before = stands();
    await again();
    const once = stands();
    expect(once, 'it does something').not.to.deep.equal(before);
    await again();
    expect(stands()).to.deep.equal(once);
  },
  async 'look-up'({ slack, loseReply }, again) {
    loseReply();
    expect(await refusal(again())).to.be.instanceOf(Retryable);
    const stood = structuredClone(slack.posts);
    expect(stood).not.to.deep.equal([]);
    await again();
    expect(slack.posts).to.deep.equal(stood);
    expect(slack.asked).to.deep.equal([false, true]);
  },
  async 'byte-identical'({ world, mails, loseReply }, again) {
    loseReply();
    expect(await refusal(again())).to.be.instanceOf(Retryable);
    world.clock.now += 3_600_000;
    await again();
    await again();
    expect(mails).to.have.length(2);
    expect(mails[1]).to.deep.equal(mails[0]);
  },
  async 'at-most-once'({ slack, mails, loseReply }, again) {
    loseReply();
    await again();
    await again();
    expect(slack.posts.length + mails.length).to.equal(1);
  },
};

describe('the kinds of deliveries', () => {
  for (const [name, kind] of Object.entries(DELIVERY_KINDS))
    describe(`“${name}”`, () => {
      const scenes = SCENES[name as WishKind] as Partial<Record<Promised, Scene<WishKind>>>;

      it('is shown here in every way that it can go', () => {
        expect(Object.keys(scenes).sort()).to.deep.equal([...kind.promises].sort());
      });

      for (const [promised, scene] of Object.entries(scenes))
        it(`has a lane and a resource, and keeps its promise when it is carried again: ${promised}`, async () => {
          const stage = await aStage();
          const delivery: Delivery = await scene(stage);
          const known = kindOf(delivery);
          if (!known) throw new Error('It is not on the list.');
          expect(known.lane(delivery)).to.match(LANE);
          const { resource } = known;
          expect(RESOURCES).to.include(typeof resource === 'function' ? resource(delivery) : resource);
          const item = itemOf(delivery);
          const stored = { ...item, payload: JSON.stringify(item.payload) } as unknown as Item;
          await HELD[promised as Promised](stage, () => carry(stage.parts, stored, never));
        });
    });
});
