// Decides which parts of the page a change affects. Pure.

const STATE = [
  'channel-made',
  'channel-renamed',
  'channel-archived',
  'channel-unarchived',
  'channel-topic',
  'user-made',
  'user-changed',
  'joined',
  'left',
];
const MESSAGES = [
  'posted',
  'changed',
  'deleted',
  'reacted',
  'unreacted',
  'file-shared',
  'file-set',
  'file-gone',
  'whispered',
  'unwhispered',
  'stream-set',
  'stream-gone',
  'joined',
  'left',
  'channel-renamed',
];
const STATUS = ['status-set', 'session-set', 'session-stopped', 'title-set', 'stream-gone', 'posted'];
const VIEWS = ['view-set', 'view-gone'];

/**
 * @param {{ kind: string, channel?: string, thread?: string, ts?: string, user?: string, pod?: string, seq?: number }} notice
 * @param {{ me: string, here: string, channels: Set<string>, pod?: string | null, knownPods?: Set<string> }} page `here` is the place; a DM's channel is known to the driver only
 * @returns {{ state: boolean, messages: boolean, thread?: string, views: boolean, dms: boolean, unread?: string, pod?: true, pods?: true, mail?: true, waiting?: true }}
 */
export function toRead(notice, { me, here, channels, pod = null, knownPods }) {
  const { kind, channel, thread, ts, user } = notice;
  const inDm = !channels.has(here);
  const isHere = channel === undefined || channel === here || (inDm && !channels.has(channel));
  const toMe = !kind.endsWith('whispered') || user === me;
  const status = isHere && STATUS.includes(kind) ? (thread ?? ts) : undefined;
  const elsewhere = kind === 'posted' && !isHere && channels.has(channel);
  return {
    // A pod's first commit makes its channel a pod.
    state: STATE.includes(kind) || (kind === 'commit' && notice.seq === 1),
    messages: isHere && toMe && MESSAGES.includes(kind),
    views: VIEWS.includes(kind) && user === me,
    dms: kind === 'posted' && !channels.has(channel),
    ...(status === undefined ? {} : { thread: status }),
    ...(elsewhere ? { unread: channel } : {}),
    ...(kind === 'commit' && (pod === null || notice.pod === pod) ? { pod: true } : {}),
    // I may have become a member of a new pod. Commits of the organisation may change addresses.
    ...(kind === 'commit' && knownPods?.has(notice.pod) === false ? { pods: true } : {}),
    // A commit may send a mail, and a mail may make a commit.
    ...(kind === 'mail' || kind === 'commit' ? { mail: true } : {}),
    // A commit anywhere may settle what waits for me.
    ...(kind === 'commit' ? { waiting: true } : {}),
  };
}

/** The status line under a thread, as Slack shows it. Empty if no agent is working. */
export function statusLine({ status = '', loading_messages = [], username = 'Skein', session }) {
  if (status !== '') return `${username} ${status}`;
  if (loading_messages.length > 0) return `${username}: ${loading_messages[0]}`;
  return session === 'processing' ? `${username} is at work…` : '';
}
