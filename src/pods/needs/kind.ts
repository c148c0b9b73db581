// The kind `needs`. The change that raises or settles an item is described by its own kind, so history does not repeat
// it.
import { kind } from '../../log/kind.ts';
import { evolveNeed, NEEDS, type NeedChange, type NeedDoc } from './need.ts';

export const needs = kind<NeedDoc, NeedChange>({
  ref: NEEDS,
  indexes: [{ fields: ['pod', 'who', 'state'] }, { fields: ['who', 'state', 'at'] }],
  evolve: evolveNeed,
});
