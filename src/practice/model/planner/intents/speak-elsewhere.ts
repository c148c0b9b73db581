// Handles "Post in #launch: …" and "start a conversation called … saying …".

import { call, type Intent, once } from '../intent.ts';
import { asTitle } from '../words.ts';

const post =
  /^(?:post|say|send|write)\s+(?:a message |this )?(?:in|to|into)\s+(?:the (?:conversation|thread)\s+)?["“]?([^":”]+?)["”]?\s*:\s*(.+)$/is;
const begin =
  /^(?:start|open|begin|create)\s+(?:a\s+)?(?:new\s+)?(?:conversation|thread|discussion)\s+(?:called|titled|named|about|on)\s+["“]?(.+?)["”]?(?:\s*(?::|\bsaying\b|\bwith\b)\s*(.+))?$/is;

export const speakElsewhere: Intent = {
  acts: true,
  hear({ text }) {
    const posted = post.exec(text);
    if (posted?.[1] && posted[2]) {
      const [, conversation, said] = posted;
      return () => once(call('post_message', { conversation, text: said }), () => `Posted in ${conversation}.`);
    }
    const begun = begin.exec(text);
    if (!begun?.[1]) return undefined;
    const title = asTitle(begun[1]);
    return () =>
      once(
        call('start_conversation', { title, text: begun[2]?.trim() || title }),
        () => `Started the conversation "${title}".`,
      );
  },
};
