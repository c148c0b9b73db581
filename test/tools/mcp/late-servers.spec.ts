import { expect } from 'chai';
import { makeMcpServers } from '../../../src/tools/mcp/client.ts';
import { lateServers } from '../../../src/tools/mcp/late-servers.ts';
import { silent } from '../../logs.ts';

describe('tool servers that are loaded late', () => {
  it('are loaded at the first look at one, and once', async () => {
    let loads = 0;
    const servers = lateServers(async () => {
      loads += 1;
      return makeMcpServers([], { logger: silent, clock: { now: Date.now } });
    });
    const refused = (error: Error) => error.message;
    expect(loads).to.equal(0);
    expect(await servers.tools('crm').catch(refused)).to.include('no tool server "crm"');
    expect(await servers.call({ server: 'crm', tool: 'find', input: {} }).catch(refused)).to.include('no tool server');
    await servers.stop();
    expect(loads).to.equal(1);
  });

  it('are not loaded to be stopped', async () => {
    const servers = lateServers(() => expect.fail('Nothing looked at a server.'));
    await servers.stop();
  });
});
