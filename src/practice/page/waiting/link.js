// Leads from a line to where the thing stands: its thread, its mailbox, or its pod.
import { h } from '../nodes/tree.js';

/**
 * Undefined for a thing that stands nowhere on the page.
 * @param {{ conversation?: string, pod: { id: string, name: string } }} one @param {Record<string, any>} places @param {{ info: any, pods: any[] }} shown
 */
export function linkTo({ conversation, pod }, places, { info, pods }) {
  const at = places[conversation] ?? channelOf(pod, info, pods);
  if (at === undefined) return undefined;
  const known = info.channels.some(({ id }) => id === at.channel);
  const place = at.mail === undefined ? (known ? at.channel : 'app') : `mail:${at.mail}`;
  const label = at.thread === undefined ? `Open ${pod.name}` : 'Open the thread';
  return h(
    'button',
    {
      ...{ key: `open-waiting ${label}`, type: 'button', class: 'link' },
      ...{ 'data-do': 'open-waiting', 'data-place': place, 'data-thread': at.thread },
    },
    label,
  );
}

function channelOf({ id }, info, pods) {
  const own = pods.find((one) => one.id === id);
  const channel = own?.channel ?? info.channels.find(({ pod }) => pod === id)?.id;
  if (channel !== undefined) return { channel };
  if (own?.direct) return { channel: 'app' };
  return own?.mail === undefined ? undefined : { mail: own.mail };
}
