// edit_message: replaces the text of the actor's own message.
import { z } from 'zod';
import { NotAllowed } from '../../errors.ts';
import { isAgent, isPerson } from '../../log/participant.ts';
import { action } from '../action.ts';
import { editedAway } from '../erasing/edits/edited-away.ts';
import { partRefs, partsOf } from '../mail/message-parts.ts';
import { knownIn } from '../people/known-names.ts';
import { conversationNamed, messageNamed, requirePod } from '../require.ts';
import { isNote, whoIsMeant } from './addressing.ts';
import { marked, wasWrittenInSlack } from './marks/marked.ts';
import { callsFor, mentionsOf } from './new-message.ts';
import { filesIn, mentionedIn } from './origin/origin-facts.ts';
import { ownWordsText, requireWords } from './post-message.ts';

export const editMessage = action({
  name: 'edit_message',
  title: 'Edit a message',
  description: 'Corrects one of your own messages where all see it. Some may have read the first text.',
  input: z.strictObject({ message: z.string().describe('Its id'), text: ownWordsText.describe('The whole new text') }),
  effect: 'write',
  allow: 'guest',
  async load(read, { message, text }, ctx) {
    const doc = await messageNamed(read, ctx.pod, message);
    const conversation = await conversationNamed(read, ctx.pod, doc.conversation);
    const texts = await read.texts(partRefs(doc));
    const before = partsOf(doc, texts).words;
    const known = await knownIn(read, ctx.pod, [before, text], conversation.agents);
    return { doc, conversation, texts, before, known };
  },
  decide({ doc, conversation, texts, before, known }, { text }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    requireWords(text, ctx);
    if (doc.by !== ctx.actor && ctx.role !== 'skein')
      throw new NotAllowed('Only its author can edit a message. Answer it, or ask an owner to redact it.');
    const result = { message: { id: doc.id, conversation: conversation.id } };
    // Saving a message without a change says nothing.
    if (text === before && !ctx.origin) return { changes: [], result };
    // An edit addresses only people and agents who are newly named. It addresses agents only if a person edits, because
    // agents could otherwise wake each other for ever.
    const said = {
      by: doc.by,
      known,
      direct: false,
      conversation: { agents: [], people: [], lastTo: [], hops: conversation.hops },
    };
    const old = new Set(whoIsMeant({ ...said, text: before }).agents);
    const meant = whoIsMeant({ ...said, text, mentioned: mentionedIn(ctx) });
    const called = {
      ...meant,
      stop: false,
      // An archived pod wakes nobody.
      agents: isAgent(ctx.actor) || pod.state === 'archived' ? [] : meant.agents.filter((agent) => !old.has(agent)),
    };
    return {
      changes: [
        {
          v: 1,
          on: 'messages',
          id: doc.id,
          type: 'message_edited',
          body: ctx.text(text, doc.labels?.body),
          ...filesIn(ctx, (name) => doc.files?.find((ref) => texts.get(ref) === name)),
          at: ctx.origin?.kind === 'slack' && ctx.origin.at ? ctx.origin.at : ctx.at,
          ...mentionsOf(meant, doc.by),
          ...(isNote(text) ? { note: true as const } : {}),
        },
        ...(called.agents.length
          ? [{ v: 1 as const, on: 'conversations' as const, id: conversation.id, type: 'agents_called' as const }]
          : []),
      ],
      deliveries: [
        ...(doc.by === ctx.actor && isPerson(doc.by) && editedAway(before, text)
          ? [{ kind: 'earlier' as const, message: doc.id }]
          : []),
        ...(doc.ours && !ctx.origin
          ? [{ kind: 'update' as const, conversation: conversation.id, message: doc.id }]
          : []),
        ...marked(
          ctx,
          { id: doc.id, conversation: conversation.id, named: called.named, shown: wasWrittenInSlack(doc) },
          callsFor(called, conversation.id, doc.id),
        ),
      ],
      result,
    };
  },
});
