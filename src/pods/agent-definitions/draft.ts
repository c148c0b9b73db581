// Finds what a call in the organisation's log would change of the texts that agents work by, as a difference.
import type { ActRequest } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { AnyAction, Ctx } from '../action.ts';
import { lineDiff } from '../history/line-diff.ts';
import { refuseStale } from '../history/stale.ts';
import { KINDS } from '../kinds.ts';
import { atLeast, ORG, rightsOf } from '../members/rights.ts';
import { updateSkill } from '../skill-definitions/update-skill.ts';
import { updateAgent } from './update-agent.ts';

export interface Draft {
  /** The fields of the input that the difference shows. */
  fields: readonly string[];
  difference: string;
  /** The number of the commit that wrote the text which would be replaced. */
  seq: number;
}

/** In characters. The rest is counted. */
const LONGEST = 8_000;

const DRAFTED: ReadonlyMap<string, AnyAction> = new Map([updateSkill, updateAgent].map((one) => [one.name, one]));

/**
 * Undefined if the call replaces no such text, or would be refused anyway. @throws Stale if the session has not read the newest
 * text
 */
export async function draftIn(
  read: Reader,
  { request, ctx }: { request: ActRequest; ctx: Ctx },
  asked: { action: string; input: unknown },
): Promise<Draft | undefined> {
  const definition = DRAFTED.get(asked.action);
  const parsed = definition?.input.safeParse(asked.input);
  if (!definition?.drafts || !parsed?.success) return undefined;
  const { role } = await rightsOf(read, { ...request, pod: ORG }, definition.effect);
  if (!atLeast(role, 'member')) return undefined;
  const { podDoc: _podDoc, narrowedBy: _narrowedBy, ...rest } = ctx;
  const there = { ...rest, pod: ORG, role };
  const view = await definition.load(read, parsed.data, there);
  const { allow } = definition;
  if (typeof allow === 'function' && allow(view, parsed.data, there) !== true) return undefined;
  const replaced = definition.replaces?.(view, parsed.data);
  const kind = replaced && KINDS.get(replaced.on);
  const texts = definition.drafts(view, parsed.data);
  if (!replaced || !kind || !texts) return undefined;
  if (request.facts?.held) await refuseStale(read, { kind, doc: replaced.doc }, request.facts.held);
  const difference = lineDiff(texts.before, texts.after, LONGEST);
  return difference === undefined ? undefined : { fields: texts.fields, difference, seq: replaced.doc.seq };
}
