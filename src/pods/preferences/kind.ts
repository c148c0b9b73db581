// The kind `preferences`: how a person's preferences change, and how history describes it.
import { kind, type Phrase } from '../../log/kind.ts';
import { evolvePreference, PREFERENCES, type PreferenceChange, type PreferenceDoc } from './preference.ts';

export const preferences = kind<PreferenceDoc, PreferenceChange>({
  ref: PREFERENCES,
  indexes: [{ fields: ['pod', 'seq'] }, { fields: ['deputy'] }],
  evolve: evolvePreference,
  describe,
});

function describe({ type }: PreferenceChange): Phrase {
  switch (type) {
    case 'hours_set':
      return ['set', 'the hours in which Skein writes to them'];
    case 'away_set':
      return ['said', 'that they are away'];
    case 'away_ended':
      return ['said', 'that they are back'];
    default:
      return type satisfies never;
  }
}
