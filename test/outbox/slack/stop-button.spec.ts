import { expect } from 'chai';
import { NotAllowed, Retryable } from '../../../src/errors.ts';
import { makeStopButton } from '../../../src/outbox/slack/stop-button.ts';
import { silent } from '../../logs.ts';
import { refusal } from '../../pods/build.ts';

describe('Slack’s stop button', () => {
  const thread = { channel: 'C1', threadTs: '1.0' };
  function aButton(fail: () => void = () => {}) {
    const said: string[] = [];
    const setSession = async ({ status }: { status: string }) => {
      said.push(status);
      fail();
    };
    return { said, tell: makeStopButton({ logger: silent }), voice: { sender: { setSession }, persona: {} } };
  }

  it('stands from the first agent that begins to the last that ends', async () => {
    const { said, tell, voice } = aButton();
    await tell(thread, 's1', true, voice);
    await tell(thread, 's2', true, voice);
    await tell(thread, 's1', false, voice);
    expect(said).to.deep.equal(['processing']);
    await tell(thread, 's2', false, voice);
    expect(said).to.deep.equal(['processing', 'active']);
  });

  it('is told again where Slack could not be reached', async () => {
    let away = true;
    const { said, tell, voice } = aButton(() => {
      if (away) throw new Retryable('away');
    });
    await refusal(tell(thread, 's1', true, voice));
    away = false;
    await tell(thread, 's1', true, voice);
    await tell(thread, 's1', false, voice);
    expect(said).to.deep.equal(['processing', 'processing', 'active']);
  });

  it('is left alone in a workspace that has none', async () => {
    const { said, tell, voice } = aButton(() => {
      throw new NotAllowed('no such scope');
    });
    await tell(thread, 's1', true, voice);
    await tell(thread, 's1', false, voice);
    expect(said).to.deep.equal(['processing']);
  });

  it('stands once for each app: Stop of an agent’s own app is that agent’s', async () => {
    const { said, tell, voice } = aButton();
    const own = { ...voice, agent: 'agent:scribe' as const };
    await tell(thread, 's1', true, voice);
    await tell(thread, 's2', true, own);
    await tell(thread, 's2', false, own);
    expect(said).to.deep.equal(['processing', 'processing', 'active']);
  });
});
