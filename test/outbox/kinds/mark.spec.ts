// The mark on a message follows the run, also over crashes and without the scope.

import { WebAPIPlatformError } from '@slack/web-api';
import { expect } from 'chai';
import { runsIn } from '../../../src/agents/runs/record.ts';
import { NotAllowed, NotFound, Retryable } from '../../../src/errors.ts';
import { mark } from '../../../src/outbox/kinds/mark.ts';
import { saveDeliveries } from '../../../src/outbox/save-deliveries.ts';
import { markLane } from '../../../src/outbox/slack/marks/lane.ts';
import { makeReactions, WITHOUT_SCOPE_MS } from '../../../src/outbox/slack/marks/reactions.ts';
import { saveMarks } from '../../../src/outbox/slack/marks/save-marks.ts';
import type { DeliveryOf } from '../../../src/pods/deliveries.ts';
import type { RunDoc } from '../../../src/pods/runs/run.ts';
import type { Reaction } from '../../../src/slack/send/send.ts';
import { translated } from '../../../src/slack/send/slack-errors.ts';
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

  /** Slack refuses a call with this code as often as given. */
  function refuses(code: string, what: 'react' | 'unreact' | 'both', times = Number.MAX_SAFE_INTEGER): string[] {
    const calls: string[] = [];
    const { react, unreact } = stage.parts.slack.sender;
    const guarded = (name: 'react' | 'unreact', act: (one: Reaction) => Promise<void>) => async (one: Reaction) => {
      calls.push(`${name} ${one.name}`);
      if ((what === 'both' || what === name) && times-- > 0)
        throw translated(
          Object.assign(Object.create(WebAPIPlatformError.prototype), { data: { ok: false, error: code } }),
          name,
        );
      await act(one);
    };
    const sender = { react: guarded('react', react), unreact: guarded('unreact', unreact) };
    stage.parts.slack.reactions = makeReactions({ ...stage.parts, sender });
    return calls;
  }

  const REFUSALS = ['not_in_channel', 'channel_not_found', 'message_not_found', 'is_archived', 'too_many_reactions'];
  for (const code of [...REFUSALS, 'too_many_emoji', 'not_reactable', 'no_permission', 'thread_locked'])
    it(`ends quietly where Slack says ${code}, before and after the first mark`, async () => {
      refuses(code, 'both');
      await carry();
      expect(marks()).to.deep.equal([]);
      await run('r_1', { state: 'ended', ending: { as: 'answered' } });
      await carry({ run: 'r_1' });
      expect(marks()).to.deep.equal([]);
    });

  it('is tried again while a channel moves to another workspace', async () => {
    refuses('external_channel_migrating', 'react', 1);
    expect(await carry().catch((error: unknown) => error)).to.be.instanceOf(Retryable);
    await carry();
    expect(marks()).to.deep.equal(['eyes']);
  });

  it('takes the place of the earlier mark where a message has as many as Slack allows', async () => {
    await carry();
    refuses('too_many_reactions', 'react', 1);
    await run('r_1', { state: 'ended', ending: { as: 'answered' } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['white_check_mark']);
  });

  it('that could not be taken away goes with the next change, once the app is back in the channel', async () => {
    await carry();
    refuses('not_in_channel', 'both', 2);
    await run('r_1', { state: 'ended', ending: { as: 'failed', why: 'gave_up' } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['eyes']);
    await run('r_1', { state: 'ended', ending: { as: 'answered' } });
    await carry({ run: 'r_1' });
    expect(marks()).to.deep.equal(['white_check_mark']);
  });

  it('of the end is put there once, though the earlier one can only be taken away later', async () => {
    await carry();
    const calls: string[] = [];
    const { react, unreact } = stage.parts.slack.sender;
    let full = 3;
    const sender = {
      react: async (one: Reaction) => {
        calls.push(`add ${one.name}`);
        await react(one);
      },
      unreact: async (one: Reaction) => {
        if (full-- > 0) throw new Retryable('Slack takes few removals a minute.', 3000);
        calls.push(`remove ${one.name}`);
        await unreact(one);
      },
    };
    stage.parts.slack.reactions = makeReactions({ ...stage.parts, sender });
    await run('r_1', { state: 'ended', ending: { as: 'answered' } });
    for (let n = 0; n < 3; n++) {
      expect(await carry({ run: 'r_1' }).catch((error: unknown) => error)).to.be.instanceOf(Retryable);
      expect(marks()).to.deep.equal(['eyes', 'white_check_mark']);
    }
    await carry({ run: 'r_1' });
    await carry({ run: 'r_1' });
    expect(calls).to.deep.equal(['add white_check_mark', 'remove eyes']);
    expect(marks()).to.deep.equal(['white_check_mark']);
  });

  it('that is as it has to be waits for nobody, and counts no more among those that wait', async () => {
    await carry();
    const { reactions } = stage.parts.slack;
    let open = () => {};
    const held = new Promise<void>((done) => (open = done));
    const shown = Array.from({ length: 8 }, () => reactions.inTurn(() => held));
    await run('r_1', { state: 'waiting', waits: { for: 'questions', questions: ['q_1'] } });
    expect(await carry({ run: 'r_1' }).catch((error: unknown) => error)).to.be.instanceOf(Retryable);
    expect(reactions.removals()).to.equal(1);
    await run('r_1');
    await carry({ run: 'r_1' });
    expect(reactions.removals()).to.equal(0);
    expect(marks()).to.deep.equal(['eyes']);
    open();
    await Promise.all(shown);
  });

  it('waits outside the workers while eight others are being shown, each its own time', async () => {
    let open = () => {};
    const held = new Promise<void>((done) => (open = done));
    const shown = Array.from({ length: 8 }, () => stage.parts.slack.reactions.inTurn(() => held));
    const late = await Promise.all([carry(), carry()].map((one) => one.catch((error: unknown) => error as Retryable)));
    const [first, second] = late.map((error) => (error ? error.retryAfterMs : undefined) ?? 0);
    expect(second).to.be.above(first ?? 0);
    expect(marks()).to.deep.equal([]);
    open();
    await Promise.all(shown);
    await carry();
    expect(marks()).to.deep.equal(['eyes']);
  });

  it('of work that begins is left out while eleven wait to be taken away, so the end costs one call', async () => {
    const calls: string[] = [];
    const { react, unreact } = stage.parts.slack.sender;
    stage.parts.slack.reactions = makeReactions({
      ...stage.parts,
      sender: {
        react: async (one) => {
          calls.push(`add ${one.name}`);
          await react(one);
        },
        unreact: async (one) => {
          calls.push(`remove ${one.name}`);
          await unreact(one);
        },
      },
    });
    const behind = stage.parts.slack.reactions;
    const limited = async () => {
      throw new Retryable('Slack takes few reactions a minute.');
    };
    for (let n = 0; n < 11; n++) {
      behind.owes(`m_${n}`, true);
      await behind.inTurn(limited, `m_${n}`).catch((error: unknown) => expect(error).to.be.instanceOf(Retryable));
    }
    expect(behind.removals()).to.equal(11);
    await carry();
    await run('r_1');
    await carry({ run: 'r_1' });
    expect(calls).to.deep.equal([]);
    await run('r_1', { state: 'ended', ending: { as: 'answered' } });
    await carry({ run: 'r_1' });
    expect(calls).to.deep.equal(['add white_check_mark']);
    // One of them is done, and the next message is marked at once again.
    await behind.inTurn(async () => {}, 'm_0');
    expect(behind.removals()).to.equal(10);
    await run('r_2');
    await carry({ run: 'r_2' });
    expect(marks()).to.deep.equal(['eyes']);
    stage.world.clock.now += 11 * 60_000;
    expect(behind.removals(), 'what was given up waits no more').to.equal(0);
  });

  it('costs no delivery for messages that a run hears and that have no mark', async () => {
    const { parts } = stage;
    const saved = saveMarks({ ...parts, poke: () => {} });
    const { pod, conversation, message, agents } = came;
    const heard = Array.from({ length: 1000 }, (_, n) => ({ message: `m_${n}` }));
    const of = { pod, conversation, agent: agents[0] ?? 'agent:scribe', run: 'r_1' };
    await saved.changed(of, heard);
    expect(await parts.outbox.items.find({ where: { state: 'waiting' } })).to.deep.equal([]);
    await carry();
    await saved.changed(of, [...heard, { message }]);
    expect((await parts.outbox.items.find({ where: { state: 'waiting' } })).map(({ lane }) => lane)).to.deep.equal([
      markLane(message),
    ]);
  });

  it('of a message whose first delivery still waits is saved behind that', async () => {
    const { parts } = stage;
    await saveDeliveries(parts.outbox, [came]);
    const { pod, conversation, message, agents } = came;
    const of = { pod, conversation, agent: agents[0] ?? 'agent:scribe', run: 'r_1' };
    await saveMarks({ ...parts, poke: () => {} }).changed(of, [{ message }]);
    const where = { lane: markLane(message) };
    const all = await parts.outbox.items.find({ where, sort: [['n', 'asc']] });
    expect(all.map(({ id }) => id.startsWith('mark:'))).to.deep.equal([false, true]);
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
