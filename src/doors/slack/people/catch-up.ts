// Compares each pod with its channel at the start, to apply events that were missed.
import { randomId } from '../../../log/ids.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import type { SlackContext } from '../context.ts';
import { followSoon } from './members.ts';

export async function catchUp(slack: SlackContext): Promise<void> {
  const pods = await slack.read.find(PODS, { where: { placeKey: { gte: 'slack:', lt: 'slack;' } } });
  const channels = pods.flatMap(({ place, direct }) => (place.kind === 'slack' && !direct ? [place.channel] : []));
  await followSoon(slack, channels, randomId('start'));
}
