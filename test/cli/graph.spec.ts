// The tasks of a pod in their order, at the command line.
import { expect } from 'chai';
import { aDesk, type Desk } from './desk.ts';

describe('skein graph', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await aDesk();
  });
  afterEach(() => desk.close());

  const typed = (line: string, over?: Parameters<Desk['skein']>[1]) => desk.skein(line.split(' '), over);
  const makes = (more: object) => desk.world.does(desk.world.ada, 'create_task', more);

  it('lists each task after what it waits for, how it stands, with whom and by when', async () => {
    expect((await typed('graph --as ada --pod launch')).out).to.match(/^Launch has no open tasks\./);
    await makes({ title: 'Bake **all** [of it]', assignee: 'ben', due: '2026-11-05' });
    await makes({ title: 'Pack', depends_on: ['1'] });
    await makes({ title: 'Gone' });
    await desk.world.does(desk.world.ada, 'complete_task', { task: '3' });
    const { code, out, err } = await typed('graph --as ada --pod launch');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out.split('\n')).to.deep.equal([
      'Launch: 1 can begin, 1 waiting',
      '#1 Bake all (of it): can begin, Ben Okafor, due Thu 5 Nov',
      '#2 Pack: waits for #1, nobody yet',
      '',
    ]);
    expect((await typed('graph', { env: { SKEIN_AS: 'ben' } })).err).to.match(/^In which pod\?/);
    expect((await typed('graph --pod launch', { env: { SKEIN_AS: 'ben' } })).out).to.equal(out);
    expect(await desk.world.commits(), 'a look is no act').to.satisfy((all: { action: string }[]) =>
      all.every(({ action }) => action !== 'read_graph'),
    );
  });

  it('has pages, and each says how to get the next', async () => {
    for (let n = 0; n < 26; n += 1) await makes({ title: `Batch ${n + 1}` });
    const first = (await typed('graph --as ada --pod launch')).out.trimEnd().split('\n');
    expect(first).to.have.length(27);
    expect(first.at(-1)).to.equal('Page 1 of 2. The next: skein graph 2 --as ada --pod launch');
    const { out } = await desk.skein(['graph', '2', '--as', 'Ada Lindqvist', '--pod', 'launch']);
    expect(out.split('\n').slice(1)).to.deep.equal([
      '#26 Batch 26: can begin, nobody yet',
      'Page 2 of 2, the last one.',
      '',
    ]);
    const named = (await desk.skein(['graph', '--as', 'Ada Lindqvist', '--pod', 'launch'])).out;
    expect(named).to.include("The next: skein graph 2 --as 'Ada Lindqvist' --pod launch");
    expect((await typed('graph 3 --as ada --pod launch')).err).to.match(
      /^There is no page 3: the tasks of Launch fill 2\./,
    );
  });

  for (const [what, line, words] of [
    ['nobody', 'graph --pod launch', /^Who looks\? Add --as .* or set SKEIN_AS\.\n$/],
    ['somebody unknown', 'graph --as eve --pod launch', /Nobody here goes by “eve”/],
    ['a pod of others', 'graph --as zoe --pod launch', /They are in none yet/],
    ['a page in words', 'graph two --as ada --pod launch', /^It is “skein graph \[page\] --as <who>/],
    ['the page 0', 'graph 0 --as ada --pod launch', /such as “skein graph 2 --as ada --pod launch”/],
    ['more words', 'graph 1 2 --as ada --pod launch', /^It is “skein graph/],
  ] as const)
    it(`refuses ${what} with a sentence`, async () => {
      const { code, out, err } = await typed(line);
      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(words);
    });
});
