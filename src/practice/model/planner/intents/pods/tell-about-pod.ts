// Handles "Who is here?" and "what is this pod for?".

import { call, type Intent, list, once, part } from '../../intent.ts';
import { count } from '../../words.ts';

const who =
  /\bwho(?:['’]s| is| are)?\s+(?:all\s+)?(?:here|in|on|part of)\b|\b(?:list|show|which|what|the)\b.*\bmembers\b|^members\b|\bwho belongs\b/i;
const what = /\bwhat(?:['’]s| is)\s+(?:the (?:goal|purpose|point|aim)|this (?:pod|channel))\b|^(?:goal|purpose)\b/i;

interface Pod {
  name: string;
  purpose?: string;
}

export const tellAboutPod: Intent = {
  hear({ text }) {
    if (!who.test(text) && !what.test(text)) return undefined;
    return () =>
      once(call('read_pod'), (outcome) => {
        const pod = part<Pod>(outcome, 'pod');
        const members = list<{ name: string; role?: string }>(outcome, 'members');
        const title = `${pod?.name ?? 'This pod'}${pod?.purpose ? `: ${pod.purpose}` : ''}`;
        const lines = members.map(({ name, role }) => `- ${name}${role ? ` (${role})` : ''}`);
        return [title, `${count(members.length, 'member')}:`, ...lines].join('\n');
      });
  },
};
