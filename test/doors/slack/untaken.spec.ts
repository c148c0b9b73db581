// A fault of Skein's own keeps it from taking something in: whoever wrote or pressed it reads that, and nobody else.
import { expect } from 'chai';
import type { SlackContext } from '../../../src/doors/slack/context.ts';
import { reportUntaken } from '../../../src/doors/slack/untaken.ts';
import { Conflict, Killed } from '../../../src/errors.ts';
import { saveSlack } from '../../../src/inbox/save-slack.ts';
import { aYard, until } from '../../lanes/build.ts';
import { silent } from '../../logs.ts';
import { texts } from '../../texts/words.ts';

const SELF = { botUserId: 'UBOT', botId: 'BBOT' };

describe('what Skein can’t take in from Slack', () => {
  const yard = aYard();
  after(() => yard.close());
  const event = (id: string, inner: object) => ({
    ...{ type: 'event_callback', team_id: 'T1', event_id: id },
    event: { channel: 'C1', channel_type: 'channel', ...inner },
  });

  it('is told to whoever wrote it, where they wrote it, unless it was refused or nobody did it on purpose', async () => {
    const told: object[] = [];
    const slack = {
      ...{ texts, logger: silent, identity: { teamId: 'T1', ...SELF } },
      sender: {
        ephemeral: async ({ post, ...to }: { post: { text: string } }) => void told.push({ ...to, text: post.text }),
      },
    } as unknown as SlackContext;
    const message = { type: 'message', user: 'U1', text: 'secret' };
    await saveSlack(
      yard.queue,
      SELF,
      [
        event('E1', { ...message, ts: '1.0' }),
        event('E2', { ...message, ts: '3.0', thread_ts: '2.0' }),
        event('E3', { ...message, ts: '4.0', text: 'refused' }),
        event('E4', { type: 'member_joined_channel', user: 'U2', team: 'T1' }),
      ],
      silent,
    );
    yard.worker({
      handle: async ({ payload }) => {
        throw payload.includes('refused') ? new Conflict('No.') : new Killed(5);
      },
      onAside: (item, error) => reportUntaken(slack, item, error),
    });
    await until(async () => Object.values(await yard.states()).filter((state) => state === 'aside').length === 4);
    const text =
      'A fault of Skein’s own kept it from taking in what you wrote here: no agent has heard it. Send it again; if that does not help, ask whoever runs Skein to look: `skein doctor` names it.';
    expect(told).to.have.deep.members([
      { channel: 'C1', user: 'U1', text },
      { channel: 'C1', user: 'U1', threadTs: '2.0', text },
    ]);
  });
});
