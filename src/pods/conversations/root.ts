// Counts how often agents have woken each other for one cause. The document has the id of the commit that began the
// cause.
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface RootDoc extends ViewDoc {
  wakes: number;
}

export const ROOTS = ref<RootDoc>('roots');

export type RootChange = { v: 1; on: 'roots'; id: string; type: 'agents_woken'; wakes: number };

export function evolveRoot(doc: RootDoc | undefined, change: RootChange, _meta: Meta): Own<RootDoc> {
  return { wakes: (doc?.wakes ?? 0) + change.wakes };
}
