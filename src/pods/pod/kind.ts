// The kinds `pods` and `addresses`: how a pod and its mail name change, and how history describes it.
import { kind, type Names, type Phrase } from '../../log/kind.ts';
import type { Level } from '../../log/needs/need.ts';
import { isAgent } from '../../log/participant.ts';
import { quoted } from '../history/phrase.ts';
import { called } from '../people/directory.ts';
import { ADDRESSES, type AddressChange, type AddressDoc, evolveAddress } from './address.ts';
import { evolvePod, PODS, type PodChange, type PodDoc } from './pod.ts';

export const pods = kind<PodDoc, PodChange>({
  ref: PODS,
  indexes: [{ fields: ['pod'] }, { fields: ['placeKey'] }],
  evolve: evolvePod,
  describe,
  whoIn: (change) => {
    if (change.type === 'default_agent_left') return [change.next];
    return change.type === 'pod_updated' && isAgent(change.defaultAgent) ? [change.defaultAgent] : [];
  },
  entry: ({ id, type }) => (QUIET.includes(type) ? undefined : { subject: `${id} ${type}`, weight: 'pod' }),
});

/** Notes of Skein for itself, which are no entry of the history. */
const QUIET: readonly PodChange['type'][] = ['task_counted', 'tasks_given', 'wake_rested', 'mail_workflow_started'];

/** An address has no sentence in history, because only members may learn the name of a pod. */
export const addresses = kind<AddressDoc, AddressChange>({
  ref: ADDRESSES,
  indexes: [{ fields: ['pod'] }, { fields: ['of'] }],
  evolve: evolveAddress,
});

const HEARD: Record<Level, string> = {
  every_step: 'every step',
  checkpoints: 'checkpoints',
  result: 'the result',
  digest: 'only what the digest says',
  none: 'nothing',
};

function describe(change: PodChange, { who }: Names): Phrase | undefined {
  switch (change.type) {
    case 'pod_created':
      return ['created', `the pod ${quoted(change.name)}`];
    case 'pod_updated': {
      const { name, purpose, defaultAgent } = change;
      const set = [
        name === undefined ? '' : `its name ${quoted(name)}`,
        purpose === undefined ? '' : purpose ? `its purpose ${quoted(purpose)}` : 'its purpose empty',
        defaultAgent ? `its default agent ${called(who, defaultAgent).name}` : '',
      ].filter(Boolean);
      return ['updated', `the pod: ${set.join(', ')}`];
    }
    case 'default_agent_left':
      return [
        'updated',
        change.next
          ? `the pod: its default agent ${called(who, change.next).name}`
          : 'the pod: it has no default agent',
      ];
    case 'mail_workflow_set': {
      const { workflow, anHour, aDay } = change;
      return [
        'set',
        `that a mail from outside starts the workflow ${workflow}, at most ${anHour} an hour and ${aDay} a day`,
      ];
    }
    case 'mail_workflow_ended':
      return ['set', 'that mails from outside start no workflow'];
    case 'pod_archived':
      return ['archived', 'the pod'];
    case 'involvement_set':
      return ['set', `what people hear of the tasks that they give: ${HEARD[change.level]}`];
    // How close somebody stays is their own matter.
    case 'pod_followed':
      return undefined;
    case 'pod_restored':
      return ['restored', 'the pod'];
    case 'task_counted':
    case 'tasks_given':
    case 'wake_rested':
    case 'mail_workflow_started':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
