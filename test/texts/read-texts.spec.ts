// All texts are read at the start, and every fault in every file is reported.
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTexts } from '../../src/texts/read-texts.ts';
import { TEXTS } from '../../src/texts/texts.ts';
import { HOME } from './words.ts';

describe('the texts of Skein', () => {
  let home: string;
  const path = (name: string) => join(home, 'templates/texts', name);
  const problems = async () => (await readTexts(home)).problems;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-texts-'));
    await cp(join(HOME, 'templates'), join(home, 'templates'), { recursive: true });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('are all there in this repository, without a fault', async () => {
    expect(await problems()).to.deep.equal([]);
  });

  it('say what their file says', async () => {
    const file = path('pod-invitation.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Not now', 'Later, {perhaps}'));
    const { texts, problems } = await readTexts(home);
    expect(problems).to.deep.equal([]);
    expect(texts.fill('pod-invitation', 'no')).to.equal('Later, {perhaps}');
    expect(texts.fill('pod-invitation', 'question', { channel: 'launch' })).to.equal('Make #launch a pod?');
    expect(texts.words('pod-invitation')).to.include('Later, {perhaps}');
  });

  it('are missed one by one, also where the folder is missing', async () => {
    await rm(join(home, 'templates'), { recursive: true });
    expect(await problems()).to.deep.equal(
      Object.keys(TEXTS).map(
        (name) => `templates/texts/${name}.md: it is missing. Restore it from the version of Skein that runs here.`,
      ),
    );
  });

  it('tell each fault with its file', async () => {
    await writeFile(path('pod-invitation.md'), Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xe4, 0x0a]));
    await rename(path('shared-pod-invitation.md'), path('shared-pod-invitations.md'));
    await writeFile(path('something-else.md'), 'Hello');
    await writeFile(path('notes.txt'), 'Ours.');
    expect(await problems()).to.deep.equal([
      'templates/texts/shared-pod-invitations.md: Skein has no such text. Did you mean shared-pod-invitation.md?',
      'templates/texts/something-else.md: Skein has no such text. Take the file away.',
      'templates/texts/pod-invitation.md: it is not UTF-8. Save it in that encoding.',
      'templates/texts/shared-pod-invitation.md: it is missing. Restore it from the version of Skein that runs here.',
    ]);
  });

  it('are refused where they are endless, whatever makes them so', async () => {
    const whole = await readFile(path('pod-invitation.md'), 'utf8');
    await writeFile(path('pod-invitation.md'), `${whole}${'\n# a\nb'.repeat(150_000)}`);
    const shared = await readFile(path('shared-pod-invitation.md'), 'utf8');
    const alias = 'a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b]';
    await writeFile(path('shared-pod-invitation.md'), shared.replace('---\n', `---\n${alias}\n`));
    expect(await problems()).to.have.members([
      'templates/texts/pod-invitation.md: it is 880 KB long, and a text has at most 256 KB. Shorten it.',
      'templates/texts/shared-pod-invitation.md: its head names one thing by another (`&`, `*`). Write each out.',
    ]);
  });

  it('are read by a start without their heads, which only the doctor checks; their words are checked by both', async () => {
    const file = path('pod-invitation.md');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('---\n', '---\nfor: "\n').replace('{{channel}}', '{{chanel}}'));
    const unknown =
      'templates/texts/pod-invitation.md: “# question” has no field {{chanel}}. Did you mean {{channel}}?';
    const started = (await readTexts(home, { heads: false })).problems;
    expect(started).to.include(unknown);
    expect(started.filter((one) => one.includes('head'))).to.deep.equal([]);
    expect((await problems()).filter((one) => one.includes('its head is not YAML'))).to.have.length(1);
  });

  it('are refused where they can’t be read', async () => {
    await rm(path('pod-invitation.md'));
    await mkdir(path('pod-invitation.md'));
    expect(await problems()).to.deep.equal([
      'templates/texts/pod-invitation.md: it cannot be read (EISDIR). Make it a file that this user may read.',
    ]);
  });
});
