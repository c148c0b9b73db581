// A mail thread of several people and an agent's own address: one pod, whose readers are the proved people on it.
import { expect } from 'chai';
import { ADA, aMailRoom, BEN, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@orchard.example';
const KIM = 'kim@orchard.example';
const STRANGER = 'zoe@stranger.example';
const SCRIBE = `scribe@${HOME}`;
const byScribe = ({ from }: InBox) => from.includes(SCRIBE);

interface Pods {
  pods: { id: string; name: string; role: string; direct: boolean }[];
}

describe('a mail thread of three people and an agent', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Holm');
  });
  afterEach(() => room.stop());

  const podsOf = async (name: string) =>
    (await room.act<Pods>('list_pods')).pods.filter((one) => one.name === name && !one.direct);
  /** All that was said in the one conversation of the pod. */
  const textsIn = async (pod: string) => {
    const all = { conversation: 'all' };
    const { conversations } = await room.act<{ conversations: { id: string }[] }>('read_conversation', all, pod);
    expect(conversations).to.have.length(1);
    return JSON.stringify(await room.act('read_conversation', { conversation: conversations[0]?.id }, pod));
  };
  const send = async (from: string, mail: Omit<Parameters<typeof aMail>[0], 'from'>, others: string[]) =>
    room.send(from, [SCRIBE, ...others].join(','), aMail({ from, ...mail }));

  it('is one pod: one answer for all of them, each reply-all joins it, and a stranger on it gets nothing', async () => {
    const cc = [`Cc: ${MAJA}, ${STRANGER}`];
    const first = { to: `${SCRIBE}, ${BEN}`, subject: 'Harvest', id: 'h-1', text: 'Which tasks are open?' };
    await send(ADA, { ...first, headers: cc }, [BEN, MAJA, STRANGER]);
    const [answer] = (await room.mails(MAJA, (all) => all.some(byScribe))).filter(byScribe);
    if (!answer) throw new Error('no answer');
    expect(answer.to, 'and nobody else').to.have.members([ADA, BEN, MAJA]);
    expect(answer.raw).to.match(new RegExp(`^Cc: Maja Holm <${MAJA}>`, 'm'));
    expect(answer.subject).to.equal('Re: Harvest');
    expect(answer.text).to.match(/Can be read by Ada Lindqvist, Ben Okafor, Maja Holm and Scribe in Harvest\n/);
    const pods = await podsOf('Harvest');
    expect(pods.map(({ role }) => role)).to.deep.equal(['owner']);
    const pod = pods[0]?.id ?? '';

    // Ben's program answered Ada's mail, before it had Scribe's.
    await send(
      BEN,
      {
        ...{ to: ADA, subject: 'Re: Harvest', id: 'h-2', text: 'The pears are ripe.' },
        headers: [
          `Cc: ${SCRIBE}, ${MAJA}, ${STRANGER}`,
          'In-Reply-To: <h-1@wildgoose.example>',
          'References: <h-1@wildgoose.example>',
        ],
      },
      [ADA, MAJA, STRANGER],
    );
    await send(
      MAJA,
      {
        to: `${SCRIBE}, ${ADA}, ${BEN}`,
        subject: 'Re: Harvest',
        id: 'h-3',
        text: '@scribe find pears',
        headers: reply(answer),
      },
      [ADA, BEN],
    );
    await room.mails(BEN, (all) => all.filter(byScribe).length === 2);
    await room.team.quiet();
    const said = await textsIn(pod);
    expect(said, 'a reply-all that named none of our mails').to.contain('The pears are ripe.');
    expect(await podsOf('Harvest')).to.have.length(1);
    const ours = async (who: string) =>
      (await room.boxWithoutInvitations(who)).filter(({ from }) => from.includes(HOME));
    expect(await ours(STRANGER)).to.deep.equal([]);
    expect((await ours(BEN)).every(byScribe), 'people reach each other themselves').to.equal(true);
    expect(
      (await room.team.messages(room.launch.channel)).filter(({ text }) => text.includes('Harvest')),
    ).to.deep.equal([]);
  });

  it('lets in whom a member adds in Cc and everybody knows; an unknown one is let in by its owner’s word', async () => {
    await send(ADA, { to: `${SCRIBE}, ${BEN}`, subject: 'Harvest', id: 'h-1', text: 'Which tasks are open?' }, [BEN]);
    const [answer] = (await room.mails(BEN, (all) => all.some(byScribe))).filter(byScribe);
    const pod = (await podsOf('Harvest'))[0]?.id ?? '';
    const more = {
      ...{ to: `${SCRIBE}, ${ADA}`, subject: 'Re: Harvest', id: 'h-2', text: '@scribe find pears' },
      headers: [`Cc: ${MAJA}, Kim <${KIM}>`, ...(answer ? reply(answer) : [])],
    };
    await send(BEN, more, [ADA, MAJA, KIM]);
    await room.mails(MAJA, (all) => all.some(byScribe));
    const [offer] = (await room.mails(ADA, (all) => all.some(({ text }) => text.includes(`admit ${KIM}`)))).filter(
      ({ text }) => text.includes(`admit ${KIM}`),
    );
    if (!offer) throw new Error('no offer');
    expect(offer.text).to.contain('Now it can be read by:').and.to.contain('Maja Holm');
    await room.team.quiet();
    expect(await textsIn(pod)).not.to.contain('let Kim in');
    const admits = { to: offer.raw.match(/skein\+re-[0-9a-z]+@[a-z.]+/)?.[0] ?? '', subject: 'Re: Harvest' };
    await room.send(
      ADA,
      admits.to,
      aMail({ from: ADA, ...admits, id: 'h-3', text: `admit ${KIM}`, headers: reply(offer) }),
    );
    await room.team.quiet();
    expect(await textsIn(pod)).to.contain('Ada Lindqvist let Kim in.');
    const last = { to: `${SCRIBE}, ${ADA}, ${BEN}`, subject: 'Re: Harvest', id: 'h-4', text: '@scribe find apples' };
    await send(KIM, { ...last, headers: answer ? reply(answer) : [] }, [ADA, BEN]);
    await room.mails(KIM, (all) => all.some(({ text }) => text.includes('about "apples"')));
  });
});
