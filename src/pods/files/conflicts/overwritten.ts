// Settles a conflict by the next version of its file: whoever writes it has seen both. Pure.
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { FileDoc } from '../file.ts';

export function overwritten(file: FileDoc | undefined): { changes: Change[]; deliveries: DeliveryWish[] } {
  const { conflict } = file ?? {};
  if (!conflict) return { changes: [], deliveries: [] };
  return {
    changes: [{ v: 1, on: 'files', id: conflict.copy, type: 'copy_settled', keep: 'both' }],
    deliveries: conflict.post ? [{ kind: 'update', ...conflict.post }] : [],
  };
}
