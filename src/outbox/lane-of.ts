// Which lane a delivery waits in, and what a process must hold to carry it.
import type { NewItem } from '../lanes/queue.ts';
import type { Delivery } from '../pods/deliveries.ts';

/** The lease of the main Slack app: only its holder posts, so that Slack's limits are kept in one memory. */
export const SLACK_APP = 'slack:main';

/** Where mail is set up, any process sends it; without, it waits. */
export const MAIL_OUT = 'mail:out';

export function itemOf(delivery: Delivery): NewItem {
  const { id, kind } = delivery;
  // An update shows the message as it is when it is carried: of many edits the newest does for all before it.
  const about = kind === 'update' ? { about: `update:${delivery.message}` } : {};
  return { id, kind, payload: delivery, order: orderOf(id), ...about, ...laneOf(delivery) };
}

/** The log's order, whatever the clocks of the processes say: the id is `pod:seq:n`. */
function orderOf(id: string): string {
  return id
    .split(':')
    .slice(-2)
    .map((part) => part.padStart(12, '0'))
    .join('-');
}

/** One live run per session: its wakes come one after the other. */
export function wakeLane({ agent, conversation }: { agent: string; conversation: string }): string {
  return `session:${agent}:${conversation}`;
}

function laneOf(delivery: Delivery): { lane: string; resource: string } {
  switch (delivery.kind) {
    case 'post':
    case 'update':
    case 'unpost':
      return { lane: `conversation:${delivery.conversation}`, resource: SLACK_APP };
    case 'mail':
      return { lane: `mail:${delivery.conversation}`, resource: MAIL_OUT };
    case 'held':
      return { lane: `held:${delivery.pod}`, resource: SLACK_APP };
    case 'admit':
      return { lane: `admit:${delivery.pod}`, resource: 'any' };
    case 'digest':
      return { lane: `digest:${delivery.person}`, resource: delivery.through === 'slack' ? SLACK_APP : MAIL_OUT };
    case 'wake':
      return { lane: wakeLane(delivery), resource: 'any' };
    case 'halt':
      return { lane: `halt:${delivery.agent}:${delivery.conversation}`, resource: 'any' };
    case 'act':
      return { lane: `act:${delivery.in}`, resource: 'any' };
    case 'erase':
      return { lane: `erase:${delivery.pod}`, resource: 'any' };
    default:
      delivery satisfies never;
      return { lane: 'unknown', resource: 'any' };
  }
}
