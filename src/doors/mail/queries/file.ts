// The query “file NAME”: brings the file as an attachment, or asks which one where several have the name.
import { quiet } from '../../../digest/quiet.ts';
import { MOST_ATTACHED } from '../../../email/limits.ts';
import { FILES } from '../../../pods/files/file.ts';
import { megabytes } from '../../../pods/files/files.ts';
import { shownTime } from '../../../pods/local-time.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { Texts } from '../../../texts/texts.ts';
import { enter } from '../../enter.ts';
import type { MailContext } from '../context.ts';
import { filesMeant, type NamedFileIn, podNamed } from './file-name.ts';
import { type Answer, type Asked, blocks, type Query } from './query.ts';

const MOST_SHOWN = 10;

export const FILE_QUERY: Query = {
  example: 'file prices.md',
  read(line) {
    const [, name] = /^file:?\s+(\S.{0,199})$/i.exec(line) ?? [];
    return name?.replace(/^[“"'`]+|[”"'`]+$/g, '').trim() || undefined;
  },
  async answer(mail, asked) {
    const { fill } = mail.texts;
    const inPod = podNamed(asked.words, asked.pods);
    const name = inPod?.name ?? asked.words;
    const pods = inPod ? [inPod.pod] : asked.pods;
    const all = (await Promise.all(pods.map((pod) => filesIn(mail, asked, pod)))).flat();
    const { files, isName } = filesMeant(all, name);
    const [file] = files;
    if (file && files.length === 1) return attached(mail, asked, file);
    const fields = { name: quiet(name, 100), pods: pods.map((pod) => quiet(pod.name, 60)).join(', ') };
    if (files.length) return { text: blocks(fill('mail-query', 'file-which', fields), linesOf(fill, asked, files)) };
    // “file the complaint with the mill” is a sentence.
    if (!isName) return undefined;
    const newest = all.sort((a, b) => (a.at < b.at ? 1 : -1));
    const list = newest.length ? blocks(fill('mail-query', 'file-newest'), linesOf(fill, asked, newest)) : '';
    return { text: blocks(fill('mail-query', 'file-none', fields), list) };
  },
};

async function filesIn(mail: MailContext, { arrived }: Asked, pod: PodDoc): Promise<NamedFileIn[]> {
  const found: NamedFileIn[] = [];
  for (let after: string | undefined; ; ) {
    const input = { limit: 100, ...(after ? { after } : {}) };
    const asked = { as: arrived.author, pod, action: 'list_files', input, via: 'email' } as const;
    const { files, next } = (await enter<{ files: Omit<NamedFileIn, 'pod'>[]; next?: string }>(mail, asked)).result;
    found.push(...files.map((file) => ({ ...file, pod })));
    if (!next) return found;
    after = next;
  }
}

function linesOf(fill: Texts['fill'], { zone }: Asked, files: readonly NamedFileIn[]): string {
  const left = files.length - MOST_SHOWN;
  return [
    ...files.slice(0, MOST_SHOWN).map((file) => fill('mail-query', 'file-item', fieldsOf(file, zone))),
    ...(left > 0 ? [fill('mail-query', 'more', { count: left })] : []),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function fieldsOf({ name, pod, version, by, at }: NamedFileIn, zone: string) {
  return {
    file: quiet(name, 200),
    pod: quiet(pod.name, 60),
    version,
    person: quiet(by, 60),
    when: shownTime(zone, Date.parse(at)),
  };
}

async function attached({ read, texts: { fill } }: MailContext, { zone }: Asked, one: NamedFileIn): Promise<Answer> {
  const fields = fieldsOf(one, zone);
  const file = await read.get(FILES, one.id);
  const content = file && !file.erased ? await read.blob(file.pod, file.hash) : undefined;
  if (!file || !content) return { text: fill('mail-query', 'file-gone', fields) };
  if (content.length > MOST_ATTACHED) {
    const sizes = { size: megabytes(content.length), most: megabytes(MOST_ATTACHED) };
    return { text: fill('mail-query', 'file-too-large', { ...fields, ...sizes }) };
  }
  const name = one.name.split('/').at(-1) || one.name;
  return {
    text: fill('mail-query', 'file', fields),
    attachments: [{ name, mime: file.mime, content }],
  };
}
