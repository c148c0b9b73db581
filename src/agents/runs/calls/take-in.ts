// The last step of a call: turns the outcome into text for the model. Before the text enters the session, the session
// is marked with the sources of the text.
import type { Reader } from '../../../log/action.ts';
import { isOutside } from '../../../log/labels/label.ts';
import type { Shown } from '../../../log/view.ts';
import type { Store } from '../../../store/port.ts';
import { cutResult } from '../../../tools/cut-result.ts';
import type { Ran } from '../../../tools/tool.ts';
import { fencedResult, outsideText } from '../../sessions/fence.ts';
import { markOutside, type SessionDoc } from '../../sessions/session.ts';
import { markRead, markReadHere } from '../../sessions/sources.ts';
import type { WantedStep } from '../steps/wanted-steps.ts';

/** The result of a call, as text for the model. */
export interface Used {
  text: string;
  ok: boolean;
  loaded?: { name: string; version: string };
  /** Set if the call was held, because the run has not heard everything. */
  held?: true;
  /** Set if the agent may not do it: then it is for people. */
  refused?: true;
  /** The ids of the open questions for which the call waits. */
  waiting?: string[];
  /** The calls that wait for the yes of people who go with every step. */
  steps?: WantedStep[];
  /** The documents that the call has shown or changed. */
  shows?: Shown;
  /** The number of the commit that the call made just now in the session's pod. */
  applied?: number;
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
      // After this mark the gate limits the session's effects.
      if (ran.labels.some(({ label }) => isOutside(label))) await markOutside(deps.store, session.id);
      return {
        text: cutResult(JSON.stringify(fencedResult(ran.value, ran.labels))),
        ok: true,
        shows: ran.shows,
        ...(ran.applied === undefined ? {} : { applied: ran.applied }),
      };
    }
    case 'text': {
      const { ok, text, trust, server, tool, loaded, shows } = ran.result;
      if (direct && ran.pods) await noteSources(deps, session, ran.pods);
      const more = { ...(loaded ? { loaded } : {}), ...(shows ? { shows } : {}) };
      if (trust !== 'outside') return { ok, text, ...more };
      await markOutside(deps.store, session.id);
      return { ok, text: outsideText([server, tool].filter(Boolean).join('/') || 'outside', text), ...more };
    }
    default:
      return ran satisfies never;
  }
}

/** Records which pods the call has read. The gate uses the record to keep the content of those pods inside the DM. */
async function noteSources({ store, read }: TakeInDeps, session: SessionDoc, pods: readonly string[]): Promise<void> {
  await markRead(store, session, pods);
  if (pods.includes(session.pod)) await markReadHere(store, read, session);
}
