// Every request comes in through `enter`. The few modules that call `act` themselves are listed here, each with its reason.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const DOORS = join(import.meta.dirname, '../../src/doors');

const SAID = 'what was said there, by whoever said it: an app too';
const OWN = 'done in Skein’s own name, because of an event';

const DIRECTLY: Readonly<Record<string, string>> = {
  'enter.ts': 'the one way in',
  'put-once.ts': 'a file that came along with what was said',
  'newcomer.ts': 'invites whoever is added to a pod by an address, for who adds them',
  'mail/bounces/bounced.ts': OWN,
  'mail/bounces/missed-items.ts': OWN,
  'mail/claim-addresses.ts': OWN,
  'mail/commands/notify-all.ts': 'tells everybody, in Skein’s own name, what was done',
  'mail/notices/obey-listed.ts': 'words about one of a list, without the mail, which quotes other pods',
  'mail/quarantine/further-mail.ts': OWN,
  'mail/quarantine/quarantine.ts': OWN,
  'mail/reply.ts': SAID,
  'mail/task.ts': SAID,
  'notices/destination.ts': OWN,
  'slack/messages.ts': SAID,
  'slack/needs/answer-message.ts': 'an answer follows the edit of what was said',
  'slack/needs/deliver.ts': 'an answer follows the edit of what was said',
  'slack/past/recall.ts': OWN,
  'slack/people/agents.ts': OWN,
  'slack/people/app-state.ts': OWN,
  'slack/people/people.ts': OWN,
  'slack/pods.ts': 'a pod follows its channel',
  'slack/tasks/show-card.ts': 'opens the conversation of a task that was made by hand, so that its card stands there',
  'slack/tasks/tell-followers.ts': 'tells in Skein’s own name, by mail, what was done',
  'web/unsubscribe-page.ts': 'a link proves whose digest it ends, and knows no name',
};

describe('the doors', () => {
  it('let people in by one way, and call act themselves only for what nobody asked for', () => {
    const files = readdirSync(DOORS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const calling = files.filter((name) => /\bact(?:<[^(]*>)?\(/.test(codeOf(readFileSync(join(DOORS, name), 'utf8'))));
    expect(calling.sort()).to.deep.equal(Object.keys(DIRECTLY).sort());
  });
});

function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
