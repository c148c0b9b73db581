// The people, agents and pods of the simulated week.
import type { Team } from '../journeys/team.ts';

export interface Person {
  handle: string;
  name: string;
  email: string;
  /** False: they live in mail alone. */
  slack: boolean;
}

export interface Pod {
  name: string;
  id: string;
  mail: string;
  /** The name of its Slack channel. Absent in a pod that lives by mail. */
  channel?: string;
  members: readonly Person[];
}

export interface Cast {
  people: readonly Person[];
  agents: readonly string[];
  /** The first one has all the people who are in Slack. */
  pods: readonly Pod[];
}

const HOST = 'wildgoose.example';
const inSlack = (handle: string, name: string): Person => ({ handle, name, email: `${handle}@${HOST}`, slack: true });
const byMail = (handle: string, name: string): Person => ({
  handle,
  name,
  email: `${handle}@mill.example`,
  slack: false,
});

/** Known to the practice workspace. */
const SLACK = [
  inSlack('ada', 'Ada Lindqvist'),
  inSlack('ben', 'Ben Okafor'),
  inSlack('chiara', 'Chiara Rossi'),
  inSlack('dev', 'Dev Patel'),
];
const MAIL = [byMail('maja', 'Maja Holm'), byMail('nils', 'Nils Berg'), byMail('olga', 'Olga Reis')];
const GUEST = byMail('pia', 'Pia Lund');

const MADE_AGENTS = [
  { handle: 'ledger', name: 'Ledger', purpose: 'Keeps prices and invoices in order.' },
  { handle: 'courier', name: 'Courier', purpose: 'Plans deliveries.' },
];

/** Invites those who live in mail, makes two agents beside the three that are shipped, and opens two more pods. */
export async function enter(team: Team): Promise<Cast> {
  const act = <T>(action: string, input: object, pod?: string) =>
    team.post<T>('/practice/act', { as: 'ada', action, input, ...(pod ? { pod } : {}) });
  for (const { email, name } of MAIL) await act('invite_person', { email, name, timeZone: 'Europe/Berlin' });
  await act('invite_person', { email: GUEST.email, name: GUEST.name, role: 'guest', timeZone: 'Europe/Berlin' });
  for (const agent of MADE_AGENTS)
    await act('create_agent', { ...agent, instructions: `${agent.purpose} Answer in one or two sentences.` });
  const launch = await theDemo(team, [...SLACK, GUEST]);
  await act('add_member', { who: GUEST.name, role: 'guest' }, launch.id);
  const shop = await aChannel(team, 'shop', [...SLACK.slice(0, 3), ...MAIL.slice(0, 1)]);
  const { pod } = await act<{ pod: { id: string } }>('create_pod', { name: 'Accounts' });
  const accounts = {
    name: 'Accounts',
    id: pod.id,
    mail: await mailOf(team, pod.id),
    members: [SLACK[0], ...MAIL] as Person[],
  };
  for (const one of [shop, accounts])
    for (const person of one.members.filter(({ slack }) => !slack))
      await act('add_member', { who: person.name }, one.id);
  // A new channel's pod has all agents from its start.
  for (const who of ['@courier', '@ledger']) await act('add_member', { who }, launch.id);
  await team.quiet();
  return {
    people: [...SLACK, ...MAIL, GUEST],
    agents: ['scribe', 'pilot', 'scout', ...MADE_AGENTS.map(({ handle }) => handle)],
    pods: [launch, shop, accounts],
  };
}

async function theDemo(team: Team, members: readonly Person[]): Promise<Pod> {
  const { id } = await team.get<{ id: string }>('/practice/pod?as=ada&channel=launch');
  return { name: 'launch', channel: 'launch', id, mail: await mailOf(team, id), members };
}

async function aChannel(team: Team, name: string, members: readonly Person[]): Promise<Pod> {
  const users = members.filter(({ slack }) => slack).map(({ handle }) => handle);
  await team.post('/practice/channel', { as: 'ada', name, members: [...users, 'skein'] });
  await team.command('ada', name, '/skein pod new');
  const { id } = await team.get<{ id: string }>(`/practice/pod?as=ada&channel=${name}`);
  return { name, channel: name, id, mail: await mailOf(team, id), members };
}

async function mailOf(team: Team, id: string): Promise<string> {
  const pods = await team.get<{ id: string; mail?: string }[]>('/practice/pods?as=ada');
  return pods.find((pod) => pod.id === id)?.mail ?? '';
}
