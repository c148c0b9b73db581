// The kind `apps`: how what a foreign app may do in a pod changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import type { Needed } from '../../log/needs/need.ts';
import { APPS, type AppChange, type AppDoc, evolveApp } from './app.ts';

export const apps = kind<AppDoc, AppChange>({
  ref: APPS,
  indexes: [{ fields: ['pod', 'app'] }],
  evolve: evolveApp,
  needs: needsOfApp,
  describe(change) {
    if (change.type === 'app_admitted')
      return [
        'admitted',
        `the app ${change.name} (${change.app}), which may wake agents ${times(change.wakesAnHour)} an hour`,
      ];
    return change.type === 'app_dismissed' ? ['dismissed', `the app ${change.name}`] : undefined;
  },
});

/** The person who admitted the app decides about its wakes. An item that passed to the owners is settled with theirs. */
function needsOfApp(change: AppChange, before: AppDoc | undefined): Needed[] {
  const about = { on: APPS.name, id: change.id };
  if (change.type === 'app_over') {
    const { who, message, conversation } = change;
    return [{ open: { who, reason: 'app_over', about, message, conversation } }];
  }
  if (change.type !== 'app_admitted' && change.type !== 'app_dismissed') return [];
  if (!before?.told) return [];
  return [...new Set([before.told, 'owners' as const])].map((who) => ({ settle: { who, about } }));
}

export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
