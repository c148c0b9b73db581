// The composers of the channel and of the thread, and the sending of their texts.

import { isLost } from '../chat/timeline.js';
import { base64, composer, meant } from './composer.js';
import { draftsIn } from './drafts.js';
import { suggesting } from './suggesting.js';

/**
 * @param {{ document: Document, sessionStorage: Storage }} window @param {any} model @param {ReturnType<typeof import('../api.js').driver>} api
 * @param {{ said: (text: string, ts: string, thread: string | undefined) => void, commanded: (text: string) => void }} on
 */
export function boxes({ document, sessionStorage }, model, api, on) {
  const part = (id) => document.getElementById(id);
  const drafts = { channel: draftsIn(sessionStorage, 'channel'), thread: draftsIn(sessionStorage, 'thread') };
  const at = () => ({ as: model.where.as, channel: model.where.place });
  /** All in one message, as Slack sends them. */
  const upload = async (said, files) => {
    const [first, ...more] = await Promise.all(
      files.map(async (file) => ({ name: file.name, content: await base64(file) })),
    );
    return api.post('upload', { ...said, ...first, more });
  };
  const boxFor = (name, threadOf) => {
    const does = {
      async send(typed, files) {
        const { kind, text = '' } = meant(typed);
        const thread = threadOf();
        if (kind === 'command') {
          const answer = commanded(await api.post('command', { ...at(), text }), thread);
          on.commanded(text);
          return answer;
        }
        const place = model.place();
        const { ts } =
          files.length === 0
            ? await api.post('say', { ...at(), text, thread })
            : await upload({ ...at(), text, thread }, files);
        on.said(text, ts, thread);
        return isLost(place, text, model.info)
          ? `No agent reads #${place.title}: it is not a pod yet. The button Pod above makes it one.`
          : undefined;
      },
    };
    const suggestions = part(`${name}-suggestions`);
    const suggestingFor = (box) => suggesting(box, suggestions, part('announcer'), model);
    return composer(part(`${name}-form`), does, drafts[name], suggestingFor);
  };
  const channel = boxFor('channel', () => undefined);
  const thread = boxFor('thread', () => model.where.thread);
  return {
    channel,
    thread,
    /** The conversations in which the person has a draft. @param {string} as */
    begun: (as) => new Set([...drafts.channel.places(), ...drafts.thread.places()].flatMap((key) => placeIn(key, as))),
    move() {
      const { as, place: id, thread: open } = model.where;
      const place = model.place();
      channel.moveTo(`${as} ${id}`, `Message ${place?.kind === 'channel' ? '#' : ''}${place?.title ?? ''}`);
      thread.moveTo(`${as} ${id} ${open ?? ''}`, 'Reply in the thread');
    },
  };
}

/** A draft's key is who, where, and the thread. */
function placeIn(key, me) {
  const [as, place] = key.split(' ');
  return as === me ? [place] : [];
}

/** The line in the box after a command. Its messages are shown in the channel. */
function commanded({ messages, views, text }, thread) {
  if (messages.length === 0 && views.length === 0) return text || 'Skein took the command and had nothing to say.';
  return thread === undefined || messages.length === 0 ? undefined : 'The answer stands in the channel.';
}
