import { expect } from 'chai';
import { typed } from '../../../../src/practice/slack/people/typing.ts';
import { fold } from '../../../../src/practice/slack/state/fold.ts';
import { plant } from '../../../../src/practice/slack/state/plant.ts';
import { seed } from '../../../../src/practice/slack/state/seed.ts';
import { emptyState } from '../../../../src/practice/slack/state/state.ts';
import { ADA, LAUNCH, SKEIN } from '../practice.ts';

const state = emptyState();
for (const change of plant(seed, 1_795_000_000_000)) fold(state, change);

const cases: [typedIn: string, sent: string][] = [
  ['@Skein hello', `<@${SKEIN}> hello`],
  ['ask @Ada Lindqvist, or @ada.', `ask <@${ADA}>, or <@${ADA}>.`],
  ['@scribe stays, @adams too', '@scribe stays, @adams too'],
  ['mail ada@wildgoose.example', 'mail ada@wildgoose.example'],
  ['see #launch and #nowhere', `see <#${LAUNCH}|launch> and #nowhere`],
  ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
  ['`@Skein <x>` in code', '`@Skein &lt;x&gt;` in code'],
  ['https://example.com/a?b=1&c=2.', '<https://example.com/a?b=1&amp;c=2>.'],
  [`<@${ADA}> by hand, <https://example.com|here>`, `<@${ADA}> by hand, <https://example.com|here>`],
  ['@here now', '<!here> now'],
];

describe('practice Slack: what people type', () => {
  for (const [given, sent] of cases) {
    it(`"${given}" is sent as "${sent}"`, () => {
      expect(typed(state, given)).to.equal(sent);
    });
  }
});
