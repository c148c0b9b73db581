// Arranges the messages of a conversation: by day, and joined to the one before or not.

/** In seconds: messages this close share one head. */
const TOGETHER_S = 300;

const isRoot = ({ ts, thread_ts, subtype }) =>
  thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast';

/** The messages in the channel itself, without replies. */
export function rootsOf(messages) {
  return messages.filter(isRoot);
}

/** An agent's part of the DM with the app: the threads that name it, and its own messages. */
export function partOf(messages, { handle, name }) {
  const named = new RegExp(`(^|[^\\w@.])@${handle.replace(/[^\w-]/g, '')}(?![\\w-])`, 'i');
  // An ephemeral message of the app may quote the name.
  const own = rootsOf(messages).filter(
    ({ text, username, bot_id }) => username === name || (bot_id === undefined && named.test(text)),
  );
  const threads = new Set(own.map(({ ts }) => ts));
  return messages.filter(({ ts, thread_ts }) => threads.has(thread_ts ?? ts));
}

export function threadOf(messages, thread) {
  return messages.filter(({ ts, thread_ts }) => ts === thread || thread_ts === thread);
}

/**
 * Whether an answer is to be expected in the thread of what was just written here: an agent reads it, and is meant.
 * @param {import('./places.js').Place | undefined} place @param {string} text @param {any} info
 */
export function isAnswered(place, text, info) {
  if (place?.kind === 'dm') return place.person === undefined;
  return place?.pod !== undefined && namesAgent(text, info);
}

/** A message to an agent in a conversation where no agent reads it. @param {import('./places.js').Place | undefined} place @param {string} text @param {any} info */
export function isLost(place, text, info) {
  return place?.kind === 'channel' && place.pod === undefined && namesAgent(text, info);
}

function namesAgent(text, info) {
  const names = [info.app?.name ?? 'Skein', ...info.agents.map(({ handle }) => handle)];
  return names.some((name) => new RegExp(`(^|[^\\w@.])@${name.replace(/[^\w-]/g, '')}(?![\\w-])`, 'i').test(text));
}

/** Replies by the ts of their thread: how many, by whom, when the last one came, and whether I was named since I last spoke there. */
export function replies(messages, me) {
  const found = new Map();
  for (const { ts, thread_ts, user, username, text, ephemeral } of messages) {
    if (thread_ts === undefined || thread_ts === ts || ephemeral) continue;
    const before = found.get(thread_ts) ?? { count: 0, names: [], last: '', forMe: false };
    const names = [...new Set([...before.names, username])];
    const forMe = user !== me && (before.forMe || text.includes(`<@${me}>`));
    found.set(thread_ts, { count: before.count + 1, names, last: ts, forMe });
  }
  return found;
}

/**
 * @param {any[]} messages oldest first @param {Date} now
 * @returns {({ kind: 'day', label: string, key: string } | { kind: 'message', message: any, joined: boolean })[]}
 */
export function timeline(messages, now) {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const newDay = before === undefined || dayKey(before.ts) !== dayKey(message.ts);
    const shown = { kind: 'message', message, joined: !newDay && goesOn(before, message) };
    return newDay ? [{ kind: 'day', label: dayLabel(message.ts, now), key: dayKey(message.ts) }, shown] : [shown];
  });
}

function goesOn(before, message) {
  const sameAuthor = before.user === message.user && before.username === message.username;
  const near = Number(message.ts) - Number(before.ts) < TOGETHER_S;
  return (
    sameAuthor && near && plain(before) && plain(message) && Boolean(before.ephemeral) === Boolean(message.ephemeral)
  );
}

const plain = ({ subtype }) => subtype === undefined || subtype === 'bot_message' || subtype === 'file_share';

/** A ts as a time. @param {string} ts */
export const timeOf = (ts) => new Date(Number(ts) * 1_000);

const dayKey = (ts) => timeOf(ts).toDateString();

function dayLabel(ts, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(ts) === now.toDateString()) return 'Today';
  if (dayKey(ts) === yesterday.toDateString()) return 'Yesterday';
  return timeOf(ts).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

export const clock = (ts) => timeOf(ts).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
