// The kinds of a person's own log: the items of which they heard, and when they are next told. No history shows them.
import { kind } from '../../log/kind.ts';
import { evolveHearing, HEARINGS, type HearingChange, type HearingDoc } from './hearing.ts';
import { evolveNotice, NOTICES, type NoticeChange, type NoticeDoc } from './notices/notice.ts';
import { evolveTelling, TELLINGS, type TellingChange, type TellingDoc } from './telling.ts';

export const hearings = kind<HearingDoc, HearingChange>({
  ref: HEARINGS,
  indexes: [{ fields: ['pod', 'state', 'at'] }, { fields: ['until'] }],
  evolve: evolveHearing,
});

export const notices = kind<NoticeDoc, NoticeChange>({
  ref: NOTICES,
  indexes: [{ fields: ['pod'] }, { fields: ['about'] }, { fields: ['ts'] }],
  evolve: evolveNotice,
});

export const tellings = kind<TellingDoc, TellingChange>({
  ref: TELLINGS,
  indexes: [{ fields: ['pod'] }, { fields: ['dueAt'] }],
  evolve: evolveTelling,
});
