// Lists the specs of all collections that belong to agents.
import type { CollectionSpec } from '../store/port.ts';
import { TOTAL_SPEC } from './budget/totals.ts';
import { SPENDING_SPEC } from './runs/move-spending.ts';
import { RUN_SPEC } from './runs/record.ts';
import { INTENT_SPEC } from './sessions/move-intents.ts';
import { OUTCOME_SPEC } from './sessions/outcomes.ts';
import { PAST_EPOCH_SPEC } from './sessions/past-epochs.ts';
import { SESSION_SPECS as SESSIONS } from './sessions/session.ts';

export const SESSION_SPECS: readonly CollectionSpec[] = [
  ...SESSIONS,
  PAST_EPOCH_SPEC,
  OUTCOME_SPEC,
  INTENT_SPEC,
  RUN_SPEC,
  SPENDING_SPEC,
  TOTAL_SPEC,
];
