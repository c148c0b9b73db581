// The lists of due acts and of chores. Add new ones here.
import type { Due } from '../pods/due.ts';
import { quarantineExpires, quarantineTold } from '../pods/mail/due.ts';
import { questionsDue } from '../pods/questions/due/due.ts';
import { digests } from '../pods/subscriptions/due.ts';
import { dueTasks } from '../pods/tasks/due/due.ts';
import { dueRepeats } from '../pods/tasks/repeats/due.ts';
import { putOffItems, tellings } from '../pods/telling/due.ts';
import type { Chore } from './chores.ts';
import { forgetDone } from './forget-done.ts';
import { forgetMails } from './forget-mails.ts';

export const DUE: readonly Due[] = [
  digests,
  quarantineExpires,
  quarantineTold,
  putOffItems,
  tellings,
  dueTasks,
  dueRepeats,
  questionsDue,
];

export const CHORES: readonly Chore[] = [forgetDone, forgetMails];
