import { expect } from 'chai';
import { command } from '../../../src/practice/slack/people/command.ts';
import { click, close, submit } from '../../../src/practice/slack/people/interact.ts';
import { ADA, BEN, collector, LAUNCH, type Practice, practice, refusal, until } from './practice.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const approve = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'approve', text: plain('Approve'), value: 'yes' }] },
];
const modal = (title = 'Task') => ({
  type: 'modal' as const,
  callback_id: 'task',
  title: plain(title),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
});

describe('practice Slack: interactivity with a real Bolt app', () => {
  let p: Practice;
  beforeEach(async () => {
    p = await practice({ timings: { ackTimeoutMs: 500 } });
  });
  afterEach(() => p.stop());

  const post = async () =>
    (await p.web.chat.postMessage({ channel: LAUNCH, text: 'May I?', blocks: approve as never })).ts ?? '';
  const texts = () =>
    [...(p.slack.workspace.state.messages.get(LAUNCH)?.values() ?? [])].map((message) => message.text);
  const whispers = () => p.slack.workspace.state.ephemerals.map((one) => one.message.text);

  describe('clicks', () => {
    it('carry the action, the message and who clicked; the answer may replace the message', async () => {
      const got = collector<Record<string, unknown>>();
      await p.connect((app) =>
        app.action('approve', async ({ ack, body, action, respond }) => {
          await ack();
          got.push({ user: body.user.id, action, channel: (body as { channel?: { id: string } }).channel?.id });
          await respond({ text: 'Approved', replace_original: true });
        }),
      );
      const ts = await post();
      await click(p.slack.surfaces, { user: ADA, channel: LAUNCH, ts, actionId: 'approve' });
      await got.reaches(1);
      expect(got.items[0]).to.include({ user: ADA, channel: LAUNCH });
      expect(got.items[0]?.action).to.include({ action_id: 'approve', value: 'yes', type: 'button' });
      await until(() => texts().includes('Approved'));
      expect(texts()).to.not.include('May I?');
    });

    it('on an answer for one person, who can have it deleted', async () => {
      await p.connect((app) =>
        app.action('approve', async ({ ack, respond }) => {
          await ack();
          await respond({ delete_original: true });
        }),
      );
      const { message_ts: ts = '' } = await p.web.chat.postEphemeral({
        channel: LAUNCH,
        user: ADA,
        text: 'May I?',
        blocks: approve as never,
      });
      const gone = new Promise<void>((resolve) =>
        p.slack.onChange((notice) => notice.kind === 'unwhispered' && resolve()),
      );
      await click(p.slack.surfaces, { user: ADA, channel: LAUNCH, ts, actionId: 'approve' });
      await gone;
      expect(whispers()).to.deep.equal([]);
      const byBen = click(p.slack.surfaces, { user: BEN, channel: LAUNCH, ts, actionId: 'approve' });
      expect(await refusal(byBen)).to.match(/no message/);
    });

    it('tell when the app is not there, does not answer, or the element is not', async () => {
      const ts = await post();
      const clicked = (actionId: string) =>
        refusal(click(p.slack.surfaces, { user: ADA, channel: LAUNCH, ts, actionId }));
      expect(await clicked('approve')).to.match(/not connected/);
      expect(await clicked('refuse')).to.match(/there are: approve/);
      await p.connect(() => {});
      expect(await clicked('approve')).to.match(/did not acknowledge/);
    });
  });

  it('a response_url works five times', async () => {
    const { url } = p.slack.surfaces.responses.issue({ channel: LAUNCH, user: ADA });
    const statuses = [];
    for (let n = 0; n < 6; n += 1) {
      const body = JSON.stringify({ text: `answer ${n}`, response_type: n === 0 ? 'in_channel' : 'ephemeral' });
      statuses.push((await fetch(url, { method: 'POST', body })).status);
    }
    expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 404]);
    expect(texts()).to.include('answer 0');
    expect(whispers()).to.deep.equal(['answer 1', 'answer 2', 'answer 3', 'answer 4']);
  });

  it('a response_url is over after thirty minutes', async () => {
    const { url } = p.slack.surfaces.responses.issue({ channel: LAUNCH, user: ADA });
    p.clock.now += 30 * 60_000 + 1;
    expect((await fetch(url, { method: 'POST', body: '{"text":"late"}' })).status).to.equal(404);
  });

  describe('commands', () => {
    const give = (text: string) => command(p.slack.surfaces, { user: ADA, channel: LAUNCH, text }, 300);

    it('bring back the text of the ack, for the one who asked', async () => {
      await p.connect((app) => app.command('/skein', async ({ ack, command: given }) => ack(`you said ${given.text}`)));
      expect(await give('/skein tasks mine')).to.include({ text: 'you said tasks mine' });
      expect(whispers()).to.deep.equal(['you said tasks mine']);
    });

    it('bring back what comes by response_url', async () => {
      await p.connect((app) =>
        app.command('/skein', async ({ ack, respond }) => {
          await ack();
          await respond({ response_type: 'in_channel', text: 'for all' });
        }),
      );
      expect((await give('help')).messages.map((message) => message.text)).to.deep.equal(['for all']);
      expect(texts()).to.include('for all');
    });

    it('bring back a modal that they open', async () => {
      await p.connect((app) =>
        app.command('/skein', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: modal() });
        }),
      );
      expect((await give('new task')).views).to.have.length(1);
    });

    it('return empty-handed after the wait, and refuse a command that the app does not have', async () => {
      await p.connect((app) => app.command('/skein', async ({ ack }) => ack()));
      expect(await give('/skein quiet')).to.deep.equal({ text: '', messages: [], views: [] });
      expect(await refusal(give('/other x'))).to.match(/it has: \/skein/);
    });
  });

  describe('modals', () => {
    const open = async (view = modal()) => {
      const trigger_id = p.slack.surfaces.triggers.issue({ user: ADA });
      return (await p.web.views.open({ trigger_id, view: view as never })).view?.id ?? '';
    };
    const views = () =>
      [...p.slack.workspace.state.views.values()].map((one) => (one.view.title as { text: string }).text);

    it('need a trigger that is fresh and unused', async () => {
      const trigger_id = p.slack.surfaces.triggers.issue({ user: ADA });
      await p.web.views.open({ trigger_id, view: modal() as never });
      expect(await refusal(p.web.views.open({ trigger_id, view: modal() as never }))).to.equal('exchanged_trigger_id');
      const late = p.slack.surfaces.triggers.issue({ user: ADA });
      p.clock.now += 3_001;
      expect(await refusal(p.web.views.open({ trigger_id: late, view: modal() as never }))).to.equal(
        'expired_trigger_id',
      );
      expect(await refusal(p.web.views.open({ trigger_id: 'x', view: modal() as never }))).to.equal(
        'invalid_trigger_id',
      );
    });

    it('bring their values, and close', async () => {
      const got = collector<unknown>();
      await p.connect((app) =>
        app.view('task', async ({ ack, view }) => {
          await ack();
          got.push(view.state.values.name?.text?.value);
        }),
      );
      expect(await submit(p.slack.surfaces, ADA, await open(), { name: 'Order flour' })).to.deep.equal({
        kind: 'closed',
      });
      expect(await got.reaches(1)).to.deep.equal(['Order flour']);
      expect(views()).to.deep.equal([]);
    });

    it('want what is required, and know their own fields', async () => {
      const id = await open();
      expect(await refusal(submit(p.slack.surfaces, ADA, id, {}))).to.match(/"Name" must be filled in/);
      expect(await refusal(submit(p.slack.surfaces, ADA, id, { nme: 'x' }))).to.match(/it has: name, text/);
    });

    it('may come back with errors, change, grow by one, or all go', async () => {
      const answers = [
        { response_action: 'errors', errors: { name: 'too short' } },
        { response_action: 'update', view: modal('Changed') },
        { response_action: 'push', view: modal('On top') },
        { response_action: 'clear' },
      ];
      await p.connect((app) => app.view('task', async ({ ack }) => ack(answers.shift() as never)));
      const id = await open();
      const values = { name: { text: 'x' } };
      expect(await submit(p.slack.surfaces, ADA, id, values)).to.deep.equal({
        kind: 'errors',
        errors: { name: 'too short' },
      });
      expect((await submit(p.slack.surfaces, ADA, id, values)).kind).to.equal('view');
      expect(views()).to.deep.equal(['Changed']);
      const pushed = await submit(p.slack.surfaces, ADA, id, values);
      expect(views()).to.deep.equal(['Changed', 'On top']);
      const top = pushed.kind === 'view' ? String(pushed.view.id) : '';
      expect(await submit(p.slack.surfaces, ADA, top, values)).to.deep.equal({ kind: 'closed' });
      expect(views()).to.deep.equal([]);
    });

    it('stack three high at most, and guard updates with their hash', async () => {
      const push = async (view: string) => {
        const trigger_id = p.slack.surfaces.triggers.issue({ user: ADA, view });
        return p.web.views.push({ trigger_id, view: modal() as never });
      };
      const first = await open();
      await push(first);
      await push(first);
      expect(await refusal(push(first))).to.equal('push_limit_reached');
      const update = p.web.views.update({ view_id: first, hash: 'old', view: modal('New') as never });
      expect(await refusal(update)).to.equal('hash_conflict');
    });

    it('tell of being closed when they asked for it', async () => {
      const got = collector<string>();
      await p.connect((app) =>
        app.view({ type: 'view_closed', callback_id: 'task' }, async ({ ack, view }) => {
          await ack();
          got.push(view.id);
        }),
      );
      const id = await open({ ...modal(), notify_on_close: true } as never);
      await close(p.slack.surfaces, ADA, id);
      expect(await got.reaches(1)).to.deep.equal([id]);
    });

    it('are refused with sentences when they break a limit', async () => {
      const trigger_id = p.slack.surfaces.triggers.issue({ user: ADA });
      const view = { ...modal(), title: plain('x'.repeat(25)) };
      expect(await refusal(p.web.views.open({ trigger_id, view: view as never }))).to.equal('invalid_arguments');
    });
  });

  it('App Home is one per person', async () => {
    const home = { type: 'home' as const, blocks: [] };
    const first = await p.web.views.publish({ user_id: ADA, view: home });
    const second = await p.web.views.publish({ user_id: ADA, view: home, hash: first.view?.hash ?? '' });
    expect(second.view?.id).to.equal(first.view?.id);
    expect(await refusal(p.web.views.publish({ user_id: 'U0', view: home }))).to.equal('missing_profile_id');
  });
});
