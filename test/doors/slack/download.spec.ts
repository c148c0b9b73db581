import { expect } from 'chai';
import { download } from '../../../src/doors/slack/download.ts';
import { InvalidInput, NotAllowed, NotFound, Retryable } from '../../../src/errors.ts';
import { refusal } from '../../pods/build.ts';

describe('downloading a file of Slack’s', () => {
  const url = 'https://files.slack.com/files-pri/T1-F1/a.txt';
  const seen: string[] = [];
  const from = (answer: () => Response, mostBytes = 100) => ({
    token: 'xoxb-secret',
    mostBytes,
    fetch: (async (to: string, { headers }: { headers: { authorization: string } }) => {
      seen.push(`${to} ${headers.authorization}`);
      return answer();
    }) as unknown as typeof fetch,
  });

  it('reads it with the bot’s token', async () => {
    expect(
      Buffer.from(
        await download(
          from(() => new Response('hello')),
          url,
          1000,
        ),
      ).toString(),
    ).to.equal('hello');
    expect(seen.pop()).to.equal(`${url} Bearer xoxb-secret`);
  });

  it('gives the token to nobody but Slack', async () => {
    const before = seen.length;
    for (const elsewhere of [
      'https://evil.example/a',
      'https://slack.com.evil.example/a',
      'http://files.slack.com/a',
      'https://evilslack.com/a',
      'not a url',
    ])
      expect(
        await refusal(
          download(
            from(() => new Response('x')),
            elsewhere,
            1000,
          ),
        ),
        elsewhere,
      ).to.be.instanceOf(InvalidInput);
    expect(seen).to.have.length(before);
  });

  it('does not take the page for signing in for the file', async () => {
    const signIn = () => new Response(null, { status: 302, headers: { location: 'https://w.slack.com/?redir' } });
    expect((await refusal(download(from(signIn), url, 1000))).message).to.contain('files:read');
  });

  it('tells what will never come from what may', async () => {
    const status = (code: number) =>
      refusal(
        download(
          from(() => new Response('', { status: code })),
          url,
          1000,
        ),
      );
    expect(await status(404)).to.be.instanceOf(NotFound);
    expect(await status(403)).to.be.instanceOf(NotAllowed);
    for (const code of [429, 500, 503]) expect(await status(code)).to.be.instanceOf(Retryable);
    const cut = from(() => {
      throw new TypeError('fetch failed');
    });
    expect(await refusal(download(cut, url, 1000))).to.be.instanceOf(Retryable);
  });

  it('reads no more than fits', async () => {
    const big = from(() => new Response('x'.repeat(101)));
    expect(await refusal(download(big, url, 1000))).to.be.instanceOf(InvalidInput);
  });
});
