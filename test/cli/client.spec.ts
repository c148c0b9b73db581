// The messages when the server does not answer, or not as it should.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeRunning } from '../../src/doors/cli/running.ts';
import { Retryable, UserFacingError } from '../../src/errors.ts';
import { aDesk, run } from './desk.ts';

describe('cli/client', () => {
  describe('without a server that answers', () => {
    let server: Server;
    let dir: string;
    let answer: string | undefined;
    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'skein-away-'));
      answer = undefined;
      server = createServer((request, response) => {
        if (answer === undefined) request.socket.destroy();
        else response.end(answer);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    });
    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(dir, { recursive: true });
    });
    const away = (line: string) => run(line.split(' '), { env: { SKEIN_DATA_DIR: dir } });
    const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    it('says how to start one when there is no trace of it', async () => {
      const { code, err } = await away('list_pods --as ada');
      expect(code).to.equal(2);
      expect(err).to.match(/Skein is not running.*“npm start”.*SKEIN_DATA_DIR/);
    });

    it('says so when the one that was there is gone', async () => {
      await writeRunning(dir, { url: url(), pid: 1 });
      await new Promise((resolve) => server.close(resolve));
      const { code, err } = await away('inbox');
      expect(code).to.equal(2);
      expect(err).to.match(/nothing answers at http:\/\/127\.0\.0\.1:\d+\. Start it with “npm start”/);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    });

    it('says by which key it can be run again when the answer was lost', async () => {
      await writeRunning(dir, { url: url(), pid: 1 });
      const { code, err } = await away('create_task --as ada --pod launch --title A --key mine');
      expect(code).to.equal(2);
      expect(err).to.match(/answer did not arrive.*With --key mine .* done once/);
    });

    it('says so when something else answers there', async () => {
      await writeRunning(dir, { url: url(), pid: 1 });
      answer = '<h1>Printer</h1>';
      const { code, err } = await away('inbox');
      expect(code).to.equal(1);
      expect(err).to.match(/is not Skein's command line door/);
    });

    it('says so when the server has another token', async () => {
      const desk = await aDesk();
      await writeRunning(dir, { url: desk.url, pid: 1 });
      const { code, err } = await away('list_pods --as ada');
      await desk.close();
      expect(code).to.equal(1);
      expect(err).to.match(/another token\. Set SKEIN_DATA_DIR/);
    });

    it('says so when what the server wrote is broken', async () => {
      await writeFile(join(dir, 'running.json'), '{"url":');
      expect((await away('inbox')).code).to.equal(2);
    });
  });

  describe('when the server fails', () => {
    const failing = async (error: Error) => {
      const broken = await aDesk({ act: () => Promise.reject(error) });
      try {
        return { ...(await broken.skein(['list_pods', '--as', 'ada'])), logged: broken.logged };
      } finally {
        await broken.close();
      }
    };

    it('tells no more of a bug than where to look, and logs it once', async () => {
      const { code, err, logged } = await failing(new Error('secret detail'));
      expect({ code, err }).to.deep.equal({
        code: 1,
        err: 'It failed inside Skein. The reason is in the log of the server.\n',
      });
      expect(logged).to.have.length(1);
      const [{ phrase = '', fields = {} } = {}] = logged;
      const { stack, ...rest } = fields;
      expect({ phrase, ...rest }).to.deep.equal({
        ...{ phrase: 'command failed', method: 'POST', path: '/act', reason: 'secret detail' },
      });
      expect(String(stack)).to.include('client.spec.ts');
    });

    it('says that it may work later when it may', async () => {
      const { code, err, logged } = await failing(new Retryable('The store is away.'));
      expect({ code, err, logged }).to.deep.equal({
        code: 1,
        err: 'The store is away. Try again in a moment.\n',
        logged: [],
      });
    });

    it('passes on what people are told', async () => {
      const { code, err } = await failing(new UserFacingError('conflict', 'Somebody was faster.'));
      expect({ code, err }).to.deep.equal({ code: 1, err: 'Somebody was faster.\n' });
    });
  });
});
