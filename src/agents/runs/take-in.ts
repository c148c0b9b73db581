// The last step of a call: its result as the model reads it. What the session is about to hold is remembered before it holds any.
import type { Reader } from '../../log/action.ts';
import { isOutside } from '../../log/labels/label.ts';
import type { Store } from '../../store/port.ts';
import { cutResult } from '../../tools/cut-result.ts';
import type { Ran } from '../../tools/tool.ts';
import { fencedResult, outsideText } from '../sessions/fence.ts';
import { markOutside, type SessionDoc } from '../sessions/session.ts';
import { markRead, markReadHere } from '../sessions/sources.ts';

/** The result of a call: text for the model, and the skill that was loaded. */
export interface Used {
  text: string;
  ok: boolean;
  loaded?: { name: string; version: string };
}

interface TakeInDeps {
  store: Store;
  read: Reader;
}

export async function takeIn(
  deps: TakeInDeps,
  { session, direct }: { session: SessionDoc; direct?: boolean },
  ran: Ran,
): Promise<Used> {
  switch (ran.kind) {
    case 'value': {
      if (direct) await noteSources(deps, session, ran.pods);
      // Afterwards the gate asks where words would go, whatever the model says.
      if (ran.labels.some(({ label }) => isOutside(label))) await markOutside(deps.store, session.id);
      return { text: cutResult(JSON.stringify(fencedResult(ran.value, ran.labels))), ok: true };
    }
    case 'text': {
      const { ok, text, trust, server, tool, loaded } = ran.result;
      const more = loaded ? { loaded } : {};
      if (trust !== 'outside') return { ok, text, ...more };
      await markOutside(deps.store, session.id);
      return { ok, text: outsideText([server, tool].filter(Boolean).join('/') || 'outside', text), ...more };
    }
    default:
      return ran satisfies never;
  }
}

/** The gate keeps the words of other pods from whoever can't read those. */
async function noteSources({ store, read }: TakeInDeps, session: SessionDoc, pods: readonly string[]): Promise<void> {
  await markRead(store, session, pods);
  if (pods.includes(session.pod)) await markReadHere(store, read, session);
}
