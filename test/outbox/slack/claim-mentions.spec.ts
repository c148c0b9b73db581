// A post that names somebody tells them itself, if the mention will really stand there. Else a notice does.
import { expect } from 'chai';
import { Retryable } from '../../../src/errors.ts';
import { SLACK_AWAY_MS } from '../../../src/outbox/kinds/notice.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { HEARINGS, type HearingDoc, hearingId } from '../../../src/pods/telling/hearing.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { refusal } from '../../pods/build.ts';
import { aStage, type Stage } from '../stage.ts';

const never = new AbortController().signal;

describe('a mention by Skein in Slack', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage();
  });

  const says = (text: string) => stage.world.does(stage.world.scribe, 'start_conversation', { title: 'Flour', text });
  const post = () => DELIVERY_KINDS.post.carry(stage.parts, stage.newest('post'), never);
  const edited = async (message: string, text: string) => {
    await stage.world.does(stage.world.scribe, 'edit_message', { message, text });
    await DELIVERY_KINDS.update.carry(stage.parts, stage.newest('update'), never);
  };
  /** Carries the act by which Ben hears of it. */
  const heard = async () => {
    const { in: pod, actor, action, input, key } = stage.newest('act');
    await stage.world.act({ pod, actor, via: 'skein', action, input, key });
  };
  const hearing = async (): Promise<HearingDoc | undefined> => {
    const items = await stage.parts.store.collection<NeedDoc>(NEEDS.name).find({ where: { who: stage.world.ben } });
    return stage.world.doc(HEARINGS, hearingId(stage.world.ben, items[0]?.id ?? ''));
  };
  const notices = async () => {
    const { world } = stage;
    const dueAt = (await world.doc(TELLINGS, world.ben))?.dueAt;
    if (dueAt === undefined) return 0;
    world.clock.now = Math.max(dueAt, world.clock.now);
    const request = {
      pod: world.ben,
      actor: 'skein',
      via: 'skein',
      action: 'tell',
      input: { dueAt },
      key: 'tell',
    } as const;
    return (await world.act(request)).commit?.deliveries.length;
  };

  it('is told by its post, and by no notice', async () => {
    await says('@ben which flour?');
    await heard();
    await post();
    expect(await hearing()).to.include({ state: 'told', surface: 'mention' });
    expect(await notices()).to.equal(0);
  });

  it('is told by a notice where its post was set aside, once', async () => {
    await says('@ben which flour?');
    await heard();
    await post();
    const set = () => DELIVERY_KINDS.post.onAside?.(stage.parts, stage.newest('post'), new Error('no'));
    await set();
    await set();
    expect(await hearing()).to.include({ state: 'waiting' });
    expect(await notices()).to.equal(1);
    expect(await hearing()).to.include({ state: 'told', surface: 'slack' });
  });

  it('is a name without a mention where its post arrives after all, since a notice tells it', async () => {
    const { sender } = stage.parts.slack;
    const send = sender.post;
    sender.post = () => Promise.reject(new Error('no'));
    await says('@ben which flour?');
    await heard();
    await post().catch(() => undefined);
    await DELIVERY_KINDS.post.onAside?.(stage.parts, stage.newest('post'), new Error('no'));
    sender.post = send;
    await post();
    expect(JSON.stringify(stage.slack.posts)).to.contain('which flour?').and.not.to.contain('<@UBEN>');
    expect(await notices()).to.equal(1);
  });

  it('is a name without a mention where Ben has put the item off before the post arrives', async () => {
    const { world } = stage;
    await says('@ben which flour?');
    const items = await stage.parts.store.collection<NeedDoc>(NEEDS.name).find({ where: { who: world.ben } });
    const input = { need: items[0]?.id, until: world.clock.now + 86_400_000 };
    await heard();
    await world.act({ pod: world.ben, actor: 'skein', via: 'skein', action: 'put_off', input, key: 'put' });
    await post();
    expect(JSON.stringify(stage.slack.posts)).to.contain('which flour?').and.not.to.contain('<@UBEN>');
    expect(await hearing()).to.include({ state: 'put_off' });
  });

  it('is not told again where its post was set aside after Ben had answered', async () => {
    const { conversation } = await says('@ben which flour?');
    await heard();
    await post();
    await stage.world.does(stage.world.ben, 'post_message', { conversation: conversation.id, text: 'Rye.' });
    await DELIVERY_KINDS.post.onAside?.(stage.parts, stage.newest('post'), new Error('no'));
    expect(await hearing()).to.include({ state: 'told' });
  });

  it('is told by a notice where it ends up in the file of a long answer', async () => {
    stage.parts.slack.sender.uploadFile = async () => ({ fileId: 'F1' });
    await says(`${'Flour and more flour. '.repeat(3000)}\n\n@ben which one?`);
    await heard();
    await post();
    expect(await hearing()).to.include({ state: 'waiting' });
    expect(await notices()).to.equal(1);
  });

  it('is told by a notice where an edit adds it to a post that stands, and by the post where the edit adds one', async () => {
    const { message } = await says('Which flour?');
    await post();
    await edited(message.id, '@ben which flour?');
    await heard();
    expect(await hearing()).to.include({ state: 'waiting' });
    await edited(message.id, `${'Flour and more flour. '.repeat(700)}\n\n@ben which one?`);
    expect(await hearing()).to.include({ state: 'told', surface: 'mention' });
  });

  it('whose post waits for over an hour while Slack is away is told by mail at once, and once', async () => {
    const { world, parts, newest } = stage;
    const { sender } = parts.slack;
    const send = sender.post;
    sender.post = () => Promise.reject(new Retryable('Slack was not reached (chat.postMessage).'));
    const ben = { account: 'slack:T1:UBEN', name: 'Ben Okafor', handle: 'ben', email: 'ben@x.example' };
    await world.does('skein', 'register_person', ben);
    const { conversation } = await world.does(world.scribe, 'start_conversation', { title: 'Flour', text: 'Hello.' });
    await world.does(world.scribe, 'ask', { conversation: conversation.id, to: ['ben'], question: 'Which flour?' });
    await heard();
    const wish = newest('post');
    for (let waited = 0; waited <= SLACK_AWAY_MS; waited += 600_000) {
      const error = await refusal(DELIVERY_KINDS.post.carry(parts, wish, never));
      expect((error as Retryable).patienceMs, 'it is not set aside').to.be.greaterThan(SLACK_AWAY_MS);
      await DELIVERY_KINDS.post.onRetry?.(parts, wish, error, { attempts: 1, waitMs: 600_000 });
      expect(await hearing()).to.include({ state: waited < SLACK_AWAY_MS ? 'told' : 'waiting' });
      if (waited < SLACK_AWAY_MS) world.clock.now += 600_000;
    }
    expect(await notices()).to.equal(1);
    await DELIVERY_KINDS.notice.carry(parts, newest('notice'), never);
    expect(stage.mails.map(({ to }) => to.map(({ address }) => address))).to.deep.equal([['ben@x.example']]);
    expect(stage.mails[0]?.text).to.match(/^Slack could not be reached for over an hour.*\n\n.*Which flour\?/s);
    sender.post = send;
    await DELIVERY_KINDS.post.carry(parts, wish, never);
    expect(JSON.stringify(stage.slack.posts)).to.contain('Which flour?').and.not.to.contain('<@UBEN>');
    expect(await notices()).to.equal(0);
  });
});
