// read_conversation: the messages of a conversation; without a conversation, the newest conversations.

import { z } from 'zod';
import { quoted, said } from '../../log/body.ts';
import { outsideIn } from '../../log/labels/label.ts';
import { head } from '../../log/well-formed.ts';
import { action } from '../action.ts';
import { inWords } from '../mail/mail-words.ts';
import { partRefs, partsOf } from '../mail/message-parts.ts';
import { marked } from '../marked.ts';
import { newestThatFit } from '../page-of.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { conversationNamed, minute } from '../require.ts';
import { CONVERSATIONS, type ConversationDoc } from './conversation.ts';
import { MESSAGES, type MessageDoc } from './message.ts';

export const readConversation = action({
  name: 'read_conversation',
  title: 'Read a conversation',
  description:
    'Shows messages of a conversation, oldest first: what was said elsewhere, or before what you see. “all” lists the newest conversations of the pod.',
  input: z.strictObject({
    conversation: z.string().optional().describe('Its id, or all; the one you are in when absent'),
    before: z.number().int().optional().describe('Only messages before this number'),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { conversation, before, limit }, ctx) {
    const wanted = conversation === 'all' ? undefined : (conversation ?? ctx.conversation);
    const doc = wanted ? await conversationNamed(read, ctx.pod, wanted) : undefined;
    const newest = doc
      ? []
      : await read.find(CONVERSATIONS, { where: { pod: ctx.pod }, sort: [['lastAt', 'desc']], limit: 20 });
    const where = doc ? { conversation: doc.id, ...(before ? { posted: { lt: before } } : {}) } : undefined;
    const messages = where ? await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: limit + 1 }) : [];
    const firsts = await Promise.all(
      newest.map(({ id }) => read.find(MESSAGES, { where: { conversation: id }, sort: [['posted', 'asc']], limit: 1 })),
    );
    const all = [...messages, ...firsts.flat()];
    const names = await namesOfAll(read, [
      ...all.flatMap(({ by, mail }) => [by, mail?.agent]),
      ...newest.map((one) => one.lastBy),
    ]);
    const texts = await read.texts([
      ...all.flatMap((message) => [...partRefs(message), message.brought]),
      ...newest.map((one) => one.titleRef),
    ]);
    return { doc, newest, messages, firsts, names, texts };
  },
  decide({ doc, newest, messages, firsts, names, texts }, { limit }) {
    const shown = (message: MessageDoc) => {
      const agent = message.mail?.agent;
      return inWords(partsOf(message, texts), agent && called(names, agent).name);
    };
    const textOf = (message: MessageDoc | undefined) =>
      message?.erased ? `(erased by ${called(names, message.erased.by).name})` : message ? shown(message) : '';
    const outsideOf = (message: MessageDoc) => {
      const brought = texts.get(message.brought ?? '');
      return brought ? { outsideText: quoted(brought, message.labels?.brought) } : {};
    };
    const one = (doc: ConversationDoc) => {
      const entries = messages
        .slice(0, limit)
        .reverse()
        .map((message) => ({
          id: message.id,
          number: message.posted,
          from: called(names, message.by).name,
          at: minute(message.at),
          text: quoted(textOf(message), message.labels?.body),
          ...outsideOf(message),
          ...(message.editedAt ? { edited: true } : {}),
        }));
      const page = newestThatFit(entries);
      return {
        conversation: { id: doc.id, ...(doc.titleRef ? { title: said(doc.titleRef, doc.labels?.titleRef) } : {}) },
        messages: page,
        ...marked([doc, ...messages.slice(0, page.length)].map(outsideIn)),
        ...(messages.length > page.length ? { more: `Earlier messages: before ${page[0]?.number}` } : {}),
      };
    };
    const titleOf = ({ titleRef, labels }: ConversationDoc, first: MessageDoc | undefined) => {
      const title = texts.get(titleRef ?? '');
      return title === undefined
        ? quoted(head(textOf(first), 120), first && outsideIn(first))
        : quoted(title, labels?.titleRef);
    };
    const list = () => ({
      conversations: newest.map((one, n) => ({
        id: one.id,
        title: titleOf(one, firsts[n]?.[0]),
        messages: one.messages,
        last: { from: called(names, one.lastBy).name, at: minute(one.lastAt) },
      })),
      ...marked([...newest, ...firsts.flat()].map(outsideIn)),
    });
    return { changes: [], result: doc ? one(doc) : list() };
  },
});
