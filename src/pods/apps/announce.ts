// The message by which the members of a pod hear that an app was admitted or dismissed, and how to undo it. It stands in
// the pod's channel. Pure.
import type { Ctx } from '../action.ts';
import { startedBy } from '../conversations/origin/started-by.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { quoted } from '../history/phrase.ts';
import type { Change } from '../kinds.ts';
import { cleanName } from '../people/names.ts';
import type { PodDoc } from '../pod/pod.ts';

/** An app, and how many agents it may wake in an hour. Absent: none. */
export interface Announced {
  app: string;
  name: string;
  before: number | undefined;
  now: number | undefined;
}

/** `by`: the name of whoever decided it. */
export function announced(
  ctx: Ctx,
  { place }: PodDoc,
  by: string,
  said: Announced,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const id = ctx.id('c');
  const message = ctx.id('m');
  return {
    changes: [
      startedBy(id, place),
      {
        ...{ v: 1, on: 'messages', id: message, type: 'message_posted', conversation: id, by: 'skein', at: ctx.at },
        ...{ body: ctx.text(words(by, said)), places: [] },
      },
      { v: 1, on: 'conversations', id, type: 'message_added', by: 'skein', addressed: [], aside: true },
    ],
    deliveries: [{ kind: 'post', conversation: id, message }],
  };
}

/** The app chose its name, and these words are Skein's: nothing of it calls anybody, ends the quotation, or is a link. */
function plain(name: string): string {
  return cleanName(name.replace(/[@[\]()*_~`“”"|]+/g, ' '));
}

function words(by: string, { app, name, before, now }: Announced): string {
  const called = name === app ? app : `${quoted(plain(name))} (${app})`;
  const undo = before ? `/skein admit_app --app ${app} --wakes-an-hour ${before}` : `/skein dismiss_app --app ${app}`;
  if (!now)
    return `${by} dismissed the app ${called}. Its messages wake no agent here any more; they are still read. To undo it: \`${undo}\``;
  const instead = before ? ` instead of ${before}` : '';
  return `${by} admitted the app ${called}: where it mentions agents, it may wake up to ${now} an hour here${instead}. To undo it: \`${undo}\``;
}
