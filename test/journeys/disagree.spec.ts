// Two people want different things of one agent: both are asked where they are, and it does what they agree on.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@elsewhere.example';

describe('two people who disagree', function () {
  this.timeout(90_000);
  let model: TestServer;
  let room: MailRoom;
  const answers: ((call: Call) => void | Promise<void>)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_d${++uses}` }), ...end('tool_use'));
  const lastHeard = () => model.calls.at(-1)?.body ?? '';

  beforeEach(async () => {
    answers.length = 0;
    // The wording of a digest is no answer in a conversation.
    const next = ({ body }: Call) => (body.includes('<fact n=') ? undefined : answers.shift());
    model = await serve((call) => (next(call) ?? says('Done.'))(call));
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await room.team.quiet();
  });
  afterEach(async () => {
    await room.stop();
    await model.close();
  });

  const say = (as: string, words: string, thread?: string) => room.team.say(as, room.launch.channel, words, thread);
  const shown = ({ blocks }: Seen) => JSON.stringify(blocks);
  const thread = (root: string, enough: (all: Seen[]) => boolean) => room.team.until(room.launch.channel, root, enough);
  const questionPost = async (root: string) => {
    const asks = (one: Seen) => shown(one).includes('can’t do both');
    return (await thread(root, (all) => all.some(asks))).find(asks) as Seen;
  };
  const click = (as: string, seen: Seen, label: string) => {
    const buttons = seen.blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
    const button = (buttons as { action_id: string; value: string; text: { text: string } }[]).find(
      (one) => one.text.text === label,
    );
    if (!button) throw new Error(`There is no button “${label}” in ${shown(seen)}`);
    const press = { as, channel: room.launch.channel, ts: seen.ts, actionId: button.action_id, value: button.value };
    return room.team.post<unknown>('/practice/click', press);
  };
  /** Another speaks while the model thinks about its first call, and the agent finds that both wishes don’t fit. */
  const disagrees = (speaks: () => Promise<string>, call: object) => {
    answers.push(
      async (asked) => {
        const root = await speaks();
        // The mark says that the agent will hear it.
        await thread(root, (all) => JSON.stringify(all).includes('hourglass_flowing_sand'));
        calls('create_task', call)(asked);
      },
      (asked) => {
        const due = /due: (i\d+)/.exec(asked.body)?.[1] ?? '';
        calls('go_ahead', { calls: [], verdicts: { [due]: 'conflicts' } })(asked);
      },
    );
  };
  const agreedOnGreen = async (root: string) => {
    await thread(root, (all) => all.some((one) => one.text.includes('It will be green.')));
    const tasks = await room.tasks();
    expect(tasks).to.include('Paint the sign green').and.not.include('Paint the sign brown');
    expect(lastHeard()).to.include('Paint the sign green');
  };
  const goesOnWithGreen = () =>
    answers.push(calls('create_task', { title: 'Paint the sign green' }), says('It will be green.'));

  it('are asked with both their words, and nothing is done before both have chosen the same', async () => {
    let begun: Promise<string> = Promise.resolve('');
    disagrees(
      async () => {
        await say('ben', 'no, green', await begun);
        return begun;
      },
      { title: 'Paint the sign brown' },
    );
    begun = say('ada', '@scribe add a task: paint the sign brown');
    const root = await begun;
    const post = await questionPost(root);
    expect(shown(post)).to.include('paint the sign brown').and.include('no, green');
    await room.team.quiet();
    await click('ben', post, 'Ben Okafor: no, green');
    await room.team.quiet();
    expect(await room.tasks()).not.to.include('Paint the sign brown');
    goesOnWithGreen();
    await click('ada', await questionPost(root), 'Ben Okafor: no, green');
    await agreedOnGreen(root);
  });

  it('are asked so where one of them is in mail only: the mail quotes both, and a reply to it answers', async () => {
    await room.invites(MAJA, 'Maja Holm');
    await room.act('add_member', { who: 'Maja Holm' });
    await room.team.quiet();
    const to = room.launch.mail.replace('@', '+scribe@');
    let root = '';
    disagrees(
      async () => {
        const isHers = (one: Seen) => JSON.stringify(one).includes('sign should be brown');
        const posts = await room.team.until(room.launch.channel, '', (all) => all.some(isHers));
        root = posts.find(isHers)?.ts ?? '';
        await say('ben', 'no, green', root);
        return root;
      },
      { title: 'Paint the sign brown' },
    );
    await room.send(
      MAJA,
      to,
      aMail({ from: MAJA, to, subject: 'The sign', text: 'The sign should be brown, please.' }),
    );
    const isQuestion = ({ text: words }: InBox) => words.includes('can’t do both');
    const mail = (await room.mails(MAJA, (all) => all.some(isQuestion))).find(isQuestion) as InBox;
    expect(mail.from).to.include('Scribe');
    expect(mail.text).to.include('Maja Holm wrote “The sign should be brown, please.”').and.include('“no, green”');
    const post = await questionPost(root);
    await click('ben', post, 'Ben Okafor: no, green');
    await room.team.quiet();
    expect(await room.tasks()).not.to.include('Paint the sign brown');
    const replyTo = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const words = { from: MAJA, to: replyTo, subject: `Re: ${mail.subject}`, id: 'm-2', headers: reply(mail) };
    // Words that choose neither are no answer: she is asked once more, and only she.
    await room.send(MAJA, replyTo, aMail({ ...words, text: 'Ask the customer.' }));
    const isAgain = ({ text: got }: InBox) => got.includes('still waits for your answer');
    const again = (await room.mails(MAJA, (all) => all.some(isAgain))).find(isAgain) as InBox;
    expect(again.text).to.include('“no, green”').and.include('Ben Okafor: no, green / Both');
    goesOnWithGreen();
    const second = { ...words, id: 'm-3', headers: reply(again), text: 'All right, green then.' };
    await room.send(MAJA, replyTo, aMail(second));
    await agreedOnGreen(root);
    const told = await room.mails(MAJA, (all) => all.some(({ text: got }) => got.includes('It will be green.')));
    expect(told.at(-1)?.from).to.include('Scribe');
  });
});
