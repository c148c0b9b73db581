// The two boxes to write in, the channel's and the thread's, and what becomes of what is written.
import { base64, composer, meant } from './composer.js';
import { draftsIn } from './drafts.js';
import { isLost } from './timeline.js';

/**
 * @param {{ document: Document, sessionStorage: Storage }} window @param {any} model @param {ReturnType<typeof import('./api.js').driver>} api
 * @param {{ said: (text: string, ts: string, thread: string | undefined) => void, commanded: (text: string) => void }} on
 */
export function boxes({ document, sessionStorage }, model, api, on) {
  const at = () => ({ as: model.where.as, channel: model.where.place });
  const boxFor = (name, threadOf) => {
    const does = {
      async send(typed) {
        const { kind, text } = meant(typed);
        const thread = threadOf();
        if (kind === 'command') {
          const answer = commanded(await api.post('command', { ...at(), text }), thread);
          on.commanded(text);
          return answer;
        }
        const place = model.place();
        const { ts } = await api.post('say', { ...at(), text, thread });
        on.said(text, ts, thread);
        return isLost(place, text, model.info)
          ? `No agent reads #${place.title}: it is not a pod yet. The button Pod above makes it one.`
          : undefined;
      },
      async upload(file, text) {
        const thread = threadOf();
        const { ts } = await api.post('upload', {
          ...at(),
          thread,
          name: file.name,
          content: await base64(file),
          text,
        });
        on.said(text, ts, thread);
        return undefined;
      },
    };
    return composer(document.getElementById(`${name}-form`), does, draftsIn(sessionStorage, name));
  };
  const channel = boxFor('channel', () => undefined);
  const thread = boxFor('thread', () => model.where.thread);
  return {
    channel,
    thread,
    move() {
      const { as, place: id, thread: open } = model.where;
      const place = model.place();
      channel.moveTo(`${as} ${id}`, `Message ${place?.kind === 'channel' ? '#' : ''}${place?.title ?? ''}`);
      thread.moveTo(`${as} ${id} ${open ?? ''}`, 'Reply in the thread');
    },
  };
}

/** What the box says after a command; its messages stand in the channel. */
function commanded({ messages, views, text }, thread) {
  if (messages.length === 0 && views.length === 0) return text || 'Skein took the command and had nothing to say.';
  return thread === undefined || messages.length === 0 ? undefined : 'The answer stands in the channel.';
}
