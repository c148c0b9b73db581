// A notice to somebody in Slack, while Slack can't be reached.
import { expect } from 'chai';
import { Retryable } from '../../../src/errors.ts';
import { SLACK_AWAY_MS } from '../../../src/outbox/kinds/notice.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import type { DeliveryOf } from '../../../src/pods/deliveries.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { refusal } from '../../pods/build.ts';
import { aStage, type Stage } from '../stage.ts';

const never = new AbortController().signal;

describe('a notice while Slack is away', () => {
  let stage: Stage;
  let notice: DeliveryOf<'notice'>;
  let away: boolean;
  const carry = () => DELIVERY_KINDS.notice.carry(stage.parts, notice, never);

  beforeEach(async () => {
    stage = await aStage();
    const { world, newest } = stage;
    away = true;
    const { post } = stage.parts.slack.sender;
    stage.parts.slack.sender.post = async (...sent) => {
      if (away) throw new Retryable('Slack was not reached (chat.postMessage).');
      return post(...sent);
    };
    const ben = { account: 'slack:T1:UBEN', name: 'Ben Okafor', handle: 'ben', email: 'ben@x.example' };
    await world.does('skein', 'register_person', ben);
    await world.does(world.ada, 'create_task', { title: 'Weigh the flour', assignee: 'ben' });
    const { input } = newest('act');
    await world.act({ pod: world.ben, actor: 'skein', via: 'skein', action: 'hear', input, key: 'hear' });
    const dueAt = (await world.doc(TELLINGS, world.ben))?.dueAt ?? 0;
    world.clock.now = dueAt;
    await world.act({ pod: world.ben, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key: 'tell' });
    notice = newest('notice');
    expect(notice.through).to.equal('slack');
  });

  const later = (ms: number) => {
    stage.world.clock.now += ms;
  };

  it('is tried for an hour, then comes by mail and says why, and is not told again when Slack is back', async () => {
    for (let waited = 0; waited < SLACK_AWAY_MS; waited += 600_000) {
      const error = await refusal(carry());
      expect(error, 'tried again').to.be.instanceOf(Retryable);
      expect((error as Retryable).patienceMs, 'and not set aside before').to.be.greaterThan(SLACK_AWAY_MS);
      later(600_000);
    }
    expect(stage.mails).to.deep.equal([]);
    await carry();
    const [mail] = stage.mails;
    expect(mail?.to.map(({ address }) => address)).to.deep.equal(['ben@x.example']);
    expect(mail?.subject).to.equal('Weigh the flour');
    expect(mail?.text).to.match(
      /^Slack could not be reached for over an hour, so this comes to you by mail\.\n\nAda Lindqvist gave you #1 “Weigh the flour” in Launch\./,
    );
    away = false;
    await carry();
    expect(stage.mails).to.have.length(1);
    expect(stage.slack.posts).to.deep.equal([]);
  });

  it('goes to Slack alone where that is back within the hour', async () => {
    await refusal(carry());
    later(SLACK_AWAY_MS - 1_000);
    await refusal(carry());
    away = false;
    await carry();
    expect([stage.slack.posts.length, stage.mails.length]).to.deep.equal([1, 0]);
  });

  it('is one mail where the mail server fails first, though Slack is back by then', async () => {
    later(SLACK_AWAY_MS);
    stage.loseReply();
    expect(await refusal(carry())).to.be.instanceOf(Retryable);
    away = false;
    await carry();
    expect(stage.mails).to.have.length(2);
    expect(stage.mails[1], 'the same bytes').to.deep.equal(stage.mails[0]);
    expect(stage.slack.posts).to.deep.equal([]);
  });
});
