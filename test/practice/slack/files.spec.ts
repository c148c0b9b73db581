import { expect } from 'chai';
import * as people from '../../../src/practice/slack/people/people.ts';
import { ADA, LAUNCH, type Practice, practice, refusal, SUPPORT } from './practice.ts';

describe('practice Slack: files', () => {
  let p: Practice;
  beforeEach(async () => {
    p = await practice();
  });
  afterEach(() => p.stop());

  const download = (url: string, token = p.slack.botToken) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` } });

  it('go up with the SDK’s own three steps, and down again', async () => {
    const thread = p.say(ADA, LAUNCH, 'the plan, please');
    const bytes = Buffer.from([0, 1, 2, 255]);
    const { files } = await p.web.filesUploadV2({
      channel_id: LAUNCH,
      thread_ts: thread,
      file: bytes,
      filename: 'plan.bin',
      title: 'The plan',
      initial_comment: 'here',
    });
    const id = (files as unknown as { files: { id: string }[] }[])[0]?.files[0]?.id ?? '';
    const { file } = await p.web.files.info({ file: id });
    expect(file).to.include({ name: 'plan.bin', title: 'The plan', size: 4 });
    expect(file?.shares?.public?.[LAUNCH]).to.have.length(1);
    const replies = await p.web.conversations.replies({ channel: LAUNCH, ts: thread });
    expect(replies.messages?.[1]).to.have.nested.property('files[0].id', id);
    expect(Buffer.from(await (await download(file?.url_private ?? '')).arrayBuffer())).to.deep.equal(bytes);
  });

  it('may be plain text', async () => {
    await p.web.filesUploadV2({ channel_id: LAUNCH, content: 'rye & water', filename: 'a.txt' });
    const [file] = p.slack.workspace.state.files.values();
    expect(p.slack.surfaces.workspace.bytes.get(file?.id ?? '')?.toString()).to.equal('rye & water');
  });

  it('of people are read by the app where it is a member, and with its token only', async () => {
    const { workspace } = p.slack.surfaces;
    const { file } = people.upload(workspace, ADA, LAUNCH, { name: 'a.txt', bytes: Buffer.from('rye') });
    const { file: shown } = await p.web.files.info({ file: file.id });
    expect(await (await download(shown?.url_private ?? '')).text()).to.equal('rye');
    expect(await (await download(shown?.url_private ?? '', 'xoxb-other')).text()).to.include('<!DOCTYPE html>');
    const secret = people.makeChannel(workspace, ADA, 'secret', true, []);
    const hidden = people.upload(workspace, ADA, secret.id, { name: 'b.txt', bytes: Buffer.from('x') });
    expect(await refusal(p.web.files.info({ file: hidden.file.id }))).to.equal('file_not_found');
  });

  it('are refused when never uploaded, or where the app is not', async () => {
    const { file_id: id = '', upload_url: url = '' } = await p.web.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    const complete = (channel_id: string) =>
      p.web.files.completeUploadExternal({ files: [{ id, title: 'a' }], channel_id });
    expect(await refusal(complete(LAUNCH))).to.equal('file_not_found');
    await fetch(url, { method: 'POST', body: 'rye' });
    expect(await refusal(complete(SUPPORT))).to.equal('not_in_channel');
    expect(await complete(LAUNCH)).to.include({ ok: true });
  });

  it('are deleted by who uploaded them, and by nobody else', async () => {
    await p.web.filesUploadV2({ channel_id: LAUNCH, content: 'mine', filename: 'a.txt', initial_comment: 'here' });
    const [own] = p.slack.workspace.state.files.values();
    const { file } = people.upload(p.slack.surfaces.workspace, ADA, LAUNCH, {
      name: 'b.txt',
      bytes: Buffer.from('hers'),
    });
    await p.web.files.delete({ file: own?.id ?? '' });
    const { messages } = await p.web.conversations.history({ channel: LAUNCH, limit: 2 });
    expect(messages?.map((message) => [message.text, message.files?.length ?? 0])).to.deep.equal([
      ['', 1],
      ['here', 0],
    ]);
    expect(p.slack.surfaces.workspace.bytes.get(own?.id ?? '')).to.equal(undefined);
    expect(await refusal(p.web.files.delete({ file: own?.id ?? '' }))).to.equal('file_deleted');
    expect(await refusal(p.web.files.delete({ file: 'F0NOTHERE' }))).to.equal('file_not_found');
    expect(await refusal(p.web.files.delete({ file: file.id }))).to.equal('cant_delete_file');
  });
});
