// Sends a case of the corpus through the whole inbox, and compares the messages in the pod with it.

import { formatId } from '../../../src/email/thread.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aMailWorld, type MailWorld } from '../../doors/mail/mail-world.ts';
import type { Case } from './case.ts';
import { type Judgement, judgeWords } from './judge-words.ts';

const DOMAIN = 'pods.wildgoose.example';

/** A pod that mails of the corpus can be sent to, one after the other. */
export async function aJudge(now: Date): Promise<(one: Case) => Promise<Judgement>> {
  const room = await aMailWorld({ domain: DOMAIN, people: 'wildgoose.example' });
  room.world.clock.now = now.getTime();
  return async (one) => {
    // Stays below the limit of mails per hour.
    room.world.clock.now += 150_000;
    const raw = one.known.length > 0 ? await answering(room, one) : one.raw;
    const before = (await room.world.commits()).at(-1)?.seq ?? 0;
    const from = /^From: .*<([^>]+)>/m.exec(raw.toString('latin1'))?.[1] ?? '';
    await room.arrivesAsIs(raw, { from, to: ['launch@pods.wildgoose.example'] });
    const { own, outside } = await saidSince(room, before);
    return { name: one.name, ...judgeWords(one, own, outside) };
  };
}

/** Creates a conversation with a mail of Skein that the case's mail answers. */
async function answering(room: MailWorld, one: Case): Promise<Buffer> {
  const { world } = room;
  const begun = await world.does(world.ada, 'start_conversation', { title: 'Rye', text: 'What does rye cost?' });
  const conversation: string = begun.conversation.id;
  let text = one.raw.toString('latin1');
  for (const { messageId, text: said } of one.known) {
    const { commit } = await world.acts(world.scribe, 'post_message', { conversation, text: said });
    const id = formatId({ pod: world.pod, thread: conversation, n: `${commit?.seq ?? 0}-0` }, DOMAIN);
    text = text.replaceAll(messageId.slice(1, -1), id.slice(1, -1));
  }
  return Buffer.from(text, 'latin1');
}

async function saidSince(room: MailWorld, before: number): Promise<{ own: string; outside: string }> {
  const messages = await room.mail.read.find(MESSAGES, { where: { pod: room.world.pod }, sort: [['posted', 'asc']] });
  const news = messages.filter(({ posted, by }) => posted > before && by.startsWith('person:'));
  const texts = async (refs: Parameters<typeof room.mail.read.texts>[0]) =>
    [...(await room.mail.read.texts(refs)).values()].join('\n\n');
  return {
    own: await texts(news.map(({ body }) => body)),
    outside: await texts(news.map(({ brought }) => brought)),
  };
}
