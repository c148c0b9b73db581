// The kind `apps`: how what a foreign app may do in a pod changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import { APPS, type AppChange, type AppDoc, evolveApp } from './app.ts';

export const apps = kind<AppDoc, AppChange>({
  ref: APPS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveApp,
  describe(change) {
    if (change.type === 'app_admitted')
      return ['admitted', `the app ${change.name}, which may wake agents ${times(change.wakesAnHour)} an hour`];
    return change.type === 'app_dismissed' ? ['dismissed', `the app ${change.name}`] : undefined;
  },
});

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
