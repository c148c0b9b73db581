// The rules of the gate, in the order in which they are asked: first those whose refusal is final, then those whose
// refusal a person's approval can lift.
import { approval } from './rules/approval.ts';
import { audience } from './rules/audience.ts';
import { checkpoints } from './rules/checkpoints.ts';
import { conflicts } from './rules/conflicts.ts';
import { drafts } from './rules/drafts.ts';
import { elsewhere } from './rules/elsewhere.ts';
import { freshEars } from './rules/fresh-ears.ts';
import { givenOn } from './rules/given-on.ts';
import { involvement } from './rules/involvement.ts';
import { policy } from './rules/policy.ts';
import { provenance } from './rules/provenance.ts';
import { resultOnly } from './rules/result-only.ts';
import { rights } from './rules/rights.ts';
import { stopped } from './rules/stopped.ts';
import { toolRights } from './rules/tool-rights.ts';
import { unanswered } from './rules/unanswered.ts';
import type { AnyRule } from './verdict.ts';

export const RULES: readonly AnyRule[] = [
  stopped,
  policy,
  rights,
  toolRights,
  givenOn,
  audience,
  freshEars,
  conflicts,
  checkpoints,
  resultOnly,
  drafts,
  involvement,
  elsewhere,
  unanswered,
  approval,
  provenance,
];
