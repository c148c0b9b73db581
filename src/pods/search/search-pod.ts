// search_pod: messages, tasks, files, notes and conversations of the pod that hold the words.

import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { type BodyRef, quoted } from '../../log/body.ts';
import { postingOf } from '../../log/fold.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Label, type Labelled, outsideIn } from '../../log/texts/label.ts';
import type { ViewDoc } from '../../log/view.ts';
import { action } from '../action.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { FILES } from '../files/file.ts';
import { KINDS } from '../kinds.ts';
import { wordsOf } from '../mail/mail-frame.ts';
import { marked } from '../marked.ts';
import { minute } from '../need.ts';
import { NOTES } from '../notes/note.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { TASKS } from '../tasks/task.ts';
import { excerpt } from './excerpt.ts';

const MOST_EXCERPT = 300;

export const searchPod = action({
  name: 'search_pod',
  title: 'Search the pod',
  description: 'Finds messages, tasks, file names, notes and conversations of the pod by words, the best first.',
  input: z.strictObject({
    query: z.string().trim().min(1).max(300).describe('A few words'),
    limit: z.int().min(1).max(50).default(10),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { query, limit }, ctx) {
    // Some may have been erased since they were put in: a few more are asked for.
    const hits = await read.search(ctx.pod, query, limit + 10);
    const all = await Promise.all(hits.map((hit) => foundBy(read, ctx.pod, hit)));
    const found = all.filter((one) => one !== undefined).slice(0, limit);
    const [texts, names] = await Promise.all([
      read.texts(found.flatMap((one) => one.bodies)),
      namesOfAll(
        read,
        found.map((one) => one.from),
      ),
    ]);
    return { found, texts, names };
  },
  decide({ found, texts, names }, { query }) {
    return {
      changes: [],
      result: {
        found: found.map(({ kind, id, prefix, bodies, byMail, from, at, conversation, label }) => ({
          kind,
          id,
          text: quoted(
            excerpt(
              prefix +
                bodies
                  .map((body) => texts.get(body) ?? '')
                  .filter(Boolean)
                  .map((text) => (byMail ? wordsOf(text) : text))
                  .join('\n'),
              query,
              MOST_EXCERPT,
            ),
            label,
          ),
          ...(from ? { from: called(names, from).name } : {}),
          at: minute(at),
          ...(conversation ? { conversation } : {}),
        })),
        ...marked(found.map(({ label }) => label)),
      },
    };
  },
});

interface Found {
  kind: string;
  id: string;
  /** What stands before its words. */
  prefix: string;
  bodies: BodyRef[];
  /** Skein's own words stand around those of its sender. */
  byMail?: boolean;
  from?: ParticipantId;
  at: number;
  conversation?: string;
  label?: Label;
}

/** What stands now for a posting: it may be of a document that is gone, erased, or of another pod. */
async function foundBy(read: Reader, pod: string, hit: { id: string; kind: string }): Promise<Found | undefined> {
  switch (hit.kind) {
    case 'message': {
      const doc = await read.get(MESSAGES, hit.id);
      if (!doc || doc.erased) return undefined;
      const { by, conversation, raw } = doc;
      return standing(pod, 'messages', doc, { from: by, conversation, byMail: raw !== undefined });
    }
    case 'task': {
      const doc = await read.get(TASKS, hit.id);
      if (!doc || doc.erased) return undefined;
      const { conversation, number } = doc;
      const found = standing(pod, 'tasks', doc, { from: doc.createdBy, ...(conversation ? { conversation } : {}) });
      return found && { ...found, prefix: `#${number} ` };
    }
    case 'file': {
      const doc = await read.get(FILES, hit.id);
      return doc && !doc.erased ? standing(pod, 'files', doc, { from: doc.by }) : undefined;
    }
    case 'note': {
      const doc = await read.get(NOTES, hit.id);
      if (!doc || doc.erased) return undefined;
      return standing(pod, 'notes', doc, {
        from: doc.by,
        ...(doc.conversation ? { conversation: doc.conversation } : {}),
      });
    }
    case 'conversation': {
      const doc = await read.get(CONVERSATIONS, hit.id);
      return doc && standing(pod, 'conversations', doc, { conversation: doc.id });
    }
    default:
      return undefined;
  }
}

function standing(
  pod: string,
  view: string,
  doc: ViewDoc & Labelled,
  more: Pick<Found, 'from' | 'conversation' | 'byMail'>,
): Found | undefined {
  const label = outsideIn(doc);
  const posting = doc.pod === pod ? postingOf(KINDS.get(view), doc) : undefined;
  return (
    posting && {
      kind: posting.kind,
      id: posting.id,
      prefix: '',
      bodies: posting.bodies,
      at: posting.at,
      ...(label ? { label } : {}),
      ...more,
    }
  );
}
