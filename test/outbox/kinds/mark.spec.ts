// The mark on a message follows the run, also over crashes and without the scope.

import { WebAPIPlatformError } from '@slack/web-api';
import { expect } from 'chai';
import { runsIn } from '../../../src/agents/runs/record.ts';
import { NotAllowed, NotFound, Retryable } from '../../../src/errors.ts';
import { mark } from '../../../src/outbox/kinds/mark.ts';
import { makeReactions, WITHOUT_SCOPE_MS } from '../../../src/outbox/slack/marks/reactions.ts';
import type { DeliveryOf } from '../../../src/pods/deliveries.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import type { Reaction } from '../../../src/slack/send/send.ts';
import { aStage, type Stage } from '../stage.ts';

const TS = '7.000001';
const signal = new AbortController().signal;

describe('the mark on a message', () => {
  let stage: Stage;
  let came: DeliveryOf<'mark'>;
  beforeEach(async () => {
    stage = await aStage();
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: TS } as const;
    await stage.world.does(stage.world.ben, 'post_message', { text: '@scribe sum up' }, { origin });
    came = stage.newest('mark');
  });
  const carry = (more: Partial<DeliveryOf<'mark'>> = {}) => mark.carry(stage.parts, { ...came, ...more }, signal);
  const marks = () => [...stage.slack.reactions].map((one) => one.split(' ')[1]);

  async function run(id: string, over: Partial<RunDoc> = {}): Promise<void> {
    const { agents, pod, conversation } = came;
    const none = { root: '', seq: 1, at: 1, turns: 0, tokens: 0, cached: 0, steps: [] };
    const doc = { id, rev: 1, pod, conversation, agent: agents[0], state: 'working', ...none, ...over } as RunDoc;
    const runs = runsIn(stage.parts.store);
    const found = await runs.get(id);
    if (found) await runs.replace({ ...doc, rev: found.rev }, found.rev);
    else await runs.insert([doc]);
  }

  it('is put on at once, and changes with the run: one stands at each moment', async () => {
    await carry();
    expect(marks()).to.deep.equal(['eyes']);
    await run('r_1', { state: 'waiting', waits: { for: 'questions', questions: ['q_1'] } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['question']);
    await run('r_1');
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['eyes']);
    await run('r_1', { state: 'ended', ending: { as: 'answered' } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['white_check_mark']);
  });

  it('says that a message waits while the agent is busy with another, until a turn takes it in', async () => {
    await run('r_0');
    await carry();
    expect(marks()).to.deep.equal(['hourglass_flowing_sand']);
    await carry({ run: 'r_0' });
    expect(marks()).to.deep.equal(['eyes']);
  });

  it('stays on a message that a silent agent was called in by name', async () => {
    await carry();
    await run('r_1', { state: 'ended', ending: { as: 'silent' } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['no_mouth']);
  });

  it('leaves no earlier mark where Slack did what was asked and its reply was lost', async () => {
    stage.loseReply();
    expect(await carry().catch((error: unknown) => error)).to.be.instanceOf(Retryable);
    expect(marks()).to.deep.equal(['eyes']);
    await run('r_1', { state: 'ended', ending: { as: 'stopped', by: 2 } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['octagonal_sign']);
  });

  it('calls Slack only where something changes', async () => {
    await carry();
    const calls: string[] = [];
    const counting = { react: async () => void calls.push('add'), unreact: async () => void calls.push('remove') };
    stage.parts.slack.reactions = makeReactions({ ...stage.parts, sender: counting });
    await run('r_1');
    await carry({ run: 'r_1' });
    await carry();
    expect(calls).to.deep.equal([]);
  });

  it('is no error on a message that is gone', async () => {
    const gone = async () => {
      throw new NotFound('The Slack message is gone: somebody deleted it.');
    };
    stage.parts.slack.reactions = makeReactions({ ...stage.parts, sender: { react: gone, unreact: gone } });
    await carry();
  });

  describe('without the scope', () => {
    const warned: unknown[] = [];
    let has = true;
    beforeEach(() => {
      warned.length = 0;
      has = true;
      const { slack, logger, clock } = stage.parts;
      const cause = Object.create(WebAPIPlatformError.prototype, { data: { value: { error: 'missing_scope' } } });
      const unless = (act: (one: Reaction) => Promise<void>) => async (one: Reaction) => {
        if (!has) throw new NotAllowed('The Slack app lacks the scope reactions:write.', { cause });
        await act(one);
      };
      const { react, unreact } = slack.sender;
      slack.reactions = makeReactions({
        sender: { react: unless(react), unreact: unless(unreact) },
        logger: { ...logger, warn: (...said) => void warned.push(said) },
        clock,
      });
    });

    it('goes on, and says so once', async () => {
      has = false;
      await carry();
      await carry({ run: 'r_1' });
      stage.world.clock.now += WITHOUT_SCOPE_MS + 1;
      await carry();
      expect(warned).to.have.length(1);
      expect(marks()).to.deep.equal([]);
    });

    it('takes a mark that stands away once the scope is back', async () => {
      await carry();
      has = false;
      await run('r_1', { state: 'ended', ending: { as: 'answered' } });
      expect(await carry({ run: 'r_1' }).catch((error: unknown) => error)).to.be.instanceOf(Retryable);
      has = true;
      stage.world.clock.now += WITHOUT_SCOPE_MS + 1;
      await carry({ run: 'r_1' });
      expect(marks()).to.deep.equal(['white_check_mark']);
    });
  });
});
