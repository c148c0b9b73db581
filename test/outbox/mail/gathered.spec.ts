import { expect } from 'chai';
import { questionMissed } from '../../../src/doors/mail/bounces/missed-items.ts';
import { sentAs } from '../../../src/doors/mail/bounces/sent.ts';
import type { MailContext } from '../../../src/doors/mail/context.ts';
import { mailHome } from '../../../src/email/address.ts';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { mailsOf } from '../../../src/outbox/mail/gathered/gather.ts';
import type { Mailing } from '../../../src/outbox/mail/target.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { refusal } from '../../pods/build.ts';
import { aDesk } from '../kinds/mail-desk.ts';

const MINUTE_MS = 60_000;

describe('the mails of a conversation within ten minutes', () => {
  /** A mail of Maja’s that was acknowledged, and that Ben follows. He has no Slack here. */
  async function aTalk(step?: (what: string) => Promise<void>) {
    const desk = await aDesk(undefined, step);
    const { conversation } = await desk.takes();
    const [ack] = desk.mailing() as [Mailing];
    await desk.late(ack);
    const who = { email: 'chiara@x.example', name: 'Chiara Rossi' };
    const chiara: ParticipantId = (await desk.world.does(desk.world.ada, 'invite_person', who)).person.id;
    await desk.world.does(desk.world.ada, 'add_member', { who: 'Chiara Rossi' });
    desk.sent.length = 0;
    const says = async (who: ParticipantId, text: string) => {
      const { message } = await desk.world.does(who, 'post_message', { conversation, text });
      return message.id as string;
    };
    const said = () => desk.mailing().filter(({ about }) => about === 'message');
    const carried = () => desk.carryAll(said());
    const boxes = () =>
      desk.sent.map(({ to, text }) => [
        to
          .map(({ name }) => name)
          .sort()
          .join(' + '),
        body(text),
      ]);
    return { ...desk, chiara, conversation, says, said, carried, boxes };
  }
  const body = (text: string) =>
    text
      .split('\n-- \n')[0]
      ?.replace('-- Reply above this line --', '')
      .replace(/\nSee it in the pod.*/, '')
      .trim();

  it('reach a follower as one mail, in order, each under the name of its author', async () => {
    const { world, says, carried, boxes, sent, chiara } = await aTalk();
    await says(world.ada, 'The mill is closed today.');
    expect(await carried(), 'it waits').to.have.length(1);
    world.clock.now += 4 * MINUTE_MS;
    await says(chiara, 'It opens *tomorrow*.');
    await carried();
    world.clock.now += 4 * MINUTE_MS;
    expect(await carried(), 'not yet').to.have.length(2);
    world.clock.now += 2 * MINUTE_MS;
    expect(await carried()).to.deep.equal([]);
    expect(boxes()).to.deep.equal([
      [
        'Ben Okafor + Maja',
        'Ada Lindqvist wrote:\n\nThe mill is closed today.\n\nChiara Rossi wrote:\n\nIt opens tomorrow.',
      ],
    ]);
    expect(sent[0]?.from.name).to.equal('Chiara Rossi (Launch)');
    await carried();
    expect(sent, 'once').to.have.length(1);
  });

  it('go at once where one names a reader or asks, and bring what was gathered', async () => {
    const { world, says, carried, boxes, conversation, chiara } = await aTalk();
    await says(world.ada, 'The mill is closed today.');
    await carried();
    await says(chiara, '@maja, can you wait?');
    expect(await carried()).to.deep.equal([]);
    await says(world.ada, 'I asked the other mill.');
    expect(await carried()).to.have.length(1);
    await world.does(world.pilot, 'ask', { conversation, to: ['Maja'], question: 'Which hall?' });
    expect(await carried()).to.deep.equal([]);
    const texts = boxes().map(([, text = '']) => text);
    expect(texts).to.have.length(2);
    expect(texts[0]).to.match(
      /^Ada Lindqvist wrote:\n\nThe mill is closed today\.\n\nChiara Rossi wrote:\n\n@maja, can you wait\?/,
    );
    expect(texts[1]).to.match(/I asked the other mill\.\n\nPilot wrote:\n\n[\s\S]*Which hall\?/);
  });

  it('cost each the same look, however many wait already', async () => {
    const asked: string[] = [];
    const talk = await aTalk(async (what) => void (what.startsWith('before ') && asked.push(what)));
    const { world, says, carried, boxes } = talk;
    await carried();
    let began: number | undefined;
    const costOf = async (text: string) => {
      await says(world.ada, text);
      // Each act takes a minute here, and all of this happens within ten.
      world.clock.now = began ??= world.clock.now;
      asked.length = 0;
      expect(await carried(), text).not.to.deep.equal([]);
      return asked.length;
    };
    const costs: number[] = [];
    for (let n = 1; n <= 30; n++) costs.push(await costOf(`No. ${n}.`));
    expect(new Set(costs.slice(1)), costs.join()).to.have.length(1);
    // Of several that came since the last look, each is looked at.
    await says(world.ada, '@maja, can you wait?');
    await says(world.ada, 'I asked the other mill.');
    expect(await carried()).to.deep.equal([]);
    const numbers = Array.from({ length: 30 }, (_, n) => `No. ${n + 1}.`);
    expect(boxes()).to.have.length(1);
    for (const text of [...numbers, 'can you wait?', 'the other mill']) expect(boxes()[0]?.[1]).to.include(text);
  });

  it('go at once where an agent answers for the first time, and not for each of its words', async () => {
    const { world, says, carried, boxes, maja } = await aTalk();
    await says(world.pilot, 'I look into it.');
    expect(await carried()).to.deep.equal([]);
    await says(world.pilot, 'It costs 1.30.');
    await says(world.pilot, 'And oats 0.90.');
    expect(await carried()).to.have.length(2);
    await says(maja, 'And spelt?');
    await says(world.pilot, 'Spelt is 2.10.');
    expect(await carried()).to.deep.equal([]);
    const hers = boxes().filter(([who = '']) => who.includes('Maja'));
    expect(hers.map(([, text]) => text?.match(/look into|1\.30|0\.90|2\.10/g)?.join())).to.deep.equal([
      'look into',
      '1.30,0.90,2.10',
    ]);
    const his = boxes().filter(([who = '']) => who.includes('Ben'));
    expect(his.at(-1)?.[1]).to.match(/1\.30[\s\S]*0\.90[\s\S]*And spelt\?[\s\S]*2\.10/);
  });

  it('are found again by a bounce, whichever of them it is', async () => {
    const { world, store, says, carried, sent, maja } = await aTalk();
    await says(world.ada, 'One.');
    await says(maja, 'Two.');
    await says(world.ada, 'Three.');
    world.clock.now += 10 * MINUTE_MS;
    await carried();
    expect(sent).to.have.length(2);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).to.equal(2);
    const door = { read: makeReader(store), home: mailHome({ domain: 'pods.test' }) } as MailContext;
    for (const { messageId } of sent) expect((await sentAs(door, messageId))?.about, messageId).to.equal('message');
  });

  it('pass each question on that is in a mail which came back', async () => {
    const { world, store, out, carried, conversation, maja, sent } = await aTalk();
    for (const question of ['Which hall?', 'Which day?'])
      await world.does(world.pilot, 'ask', { conversation, to: ['Maja'], question });
    await carried();
    const read = makeReader(store);
    const hers = sent.filter(({ text }) => text.includes('Which hall?') && text.includes('Which day?'));
    expect(hers, 'one mail').to.have.length(1);
    const shownIn: MailContext['shownIn'] = async (delivery) => (await out.begun(delivery))?.kept;
    const door = { read, home: mailHome({ domain: 'pods.test' }), shownIn, act: world.act } as MailContext;
    const back = await sentAs(door, hers[0]?.messageId ?? '');
    if (back) await questionMissed(door, back, [maja]);
    const asked = await read.find(QUESTIONS, { where: {} });
    expect(asked.map(({ role }) => role)).to.deep.equal(['owners', 'owners']);
  });

  it('keep none of the others back where the server refuses one, and it is said whom each did not reach', async () => {
    const { world, says, said, carry, failing, sent, maja, conversation } = await aTalk();
    await says(world.ada, 'One.');
    await says(maja, 'Two.');
    await says(world.ada, 'Three.');
    world.clock.now += 10 * MINUTE_MS;
    const push = sent.push.bind(sent);
    sent.push = (...mails) => {
      const toHer = mails[0]?.to.some(({ name }) => name === 'Maja');
      failing(toHer ? new InvalidInput('The mail server refuses it.') : undefined);
      return push(...mails);
    };
    const [first, ...others] = said() as [Mailing, ...Mailing[]];
    expect(await refusal(carry(first))).to.be.instanceOf(InvalidInput);
    // The first is set aside, and the lane goes on.
    for (const one of others) await carry(one);
    const found = sent.map(({ to, text }) => [to[0]?.name, (body(text)?.match(/One|Two|Three/g) ?? []).join()]);
    expect(found).to.have.deep.members([
      ['Maja', 'One,Three'],
      ['Ben Okafor', 'One,Two,Three'],
    ]);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.filter(({ text }: { text: string }) => text.includes('could not be sent'))).to.have.length(1);
  });

  it('are none lost and none doubled by a crash at any point, and each is the same to the byte', async () => {
    for (let point = 0; point < 3; point += 1) {
      const { world, says, said, carry, failing, sent, maja } = await aTalk();
      await says(world.ada, 'One.');
      await says(maja, 'Two.');
      await says(world.ada, 'Three.');
      world.clock.now += 10 * MINUTE_MS;
      // The mail server takes so many of the two mails, then the process dies.
      let left = point;
      const push = sent.push.bind(sent);
      sent.push = (...mails) => {
        left -= 1;
        if (left < 0) failing(new Retryable('killed'));
        return push(...mails);
      };
      const [first] = said() as [Mailing];
      if (point < 2) expect(await refusal(carry(first))).to.be.instanceOf(Retryable);
      else await carry(first);
      sent.push = push;
      failing(undefined);
      // What is written after the crash is in a mail of its own.
      await says(world.ada, 'Four.');
      world.clock.now += 10 * MINUTE_MS;
      for (const one of said()) await carry(one);
      const byId = new Map(sent.map((mail) => [mail.messageId, mail]));
      for (const mail of sent) expect(mail, `point ${point}`).to.deep.equal(byId.get(mail.messageId));
      const found = [...byId.values()].map(
        (one) =>
          `${one.to
            .map(({ name }) => name)
            .sort()
            .join('+')}: ${(body(one.text)?.match(/One|Two|Three|Four/g) ?? []).join()}`,
      );
      expect(found.sort(), `point ${point}`).to.deep.equal([
        'Ben Okafor+Maja: Four',
        'Ben Okafor: One,Two,Three',
        'Maja: One,Three',
      ]);
    }
  });

  it('lose the words that are erased meanwhile, and go to nobody who left', async () => {
    const { world, says, carried, boxes, maja } = await aTalk();
    await says(world.ada, 'One.');
    const secret = await says(world.ada, 'Secret.');
    await world.does(world.ada, 'redact', { what: secret });
    await world.does(world.ada, 'remove_member', { who: maja });
    world.clock.now += 10 * MINUTE_MS;
    await carried();
    expect(boxes()).to.deep.equal([['Ben Okafor', 'One.']]);
  });

  it('are one mail for those whom the same messages reach', () => {
    const of = (id: string, to: string[]) =>
      ({ delivery: { id: `d${id}`, message: id } as Mailing, to: to.map((one) => `person:${one}` as const) }) as const;
    expect(mailsOf([of('1', ['a', 'b', 'c']), of('2', ['b', 'c']), of('3', ['a'])])).to.deep.equal([
      { to: ['person:a'], messages: ['1', '3'], newest: 'd3' },
      { to: ['person:b', 'person:c'], messages: ['1', '2'], newest: 'd2' },
    ]);
  });
});
