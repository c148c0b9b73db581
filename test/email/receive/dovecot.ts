// A real Dovecot on free ports of this machine, for one spec: started, killed, and cleared away by it.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = '/usr/sbin/dovecot';
const run = promisify(execFile);

export function hasDovecot(): boolean {
  try {
    accessSync(PROGRAM, constants.X_OK);
    return owner() !== undefined;
  } catch {
    return false;
  }
}

interface Owner {
  name: string;
  group: string;
  uid: number;
  gid: number;
}

/** Dovecot's mail processes refuse to be root; everybody else runs it as themselves. */
function owner(): Owner | undefined {
  const name = userInfo().uid === 0 ? 'nobody' : userInfo().username;
  const id = (flag: string) => execFileSync('id', [flag, name], { encoding: 'utf8' }).trim();
  try {
    return { name, group: id('-gn'), uid: Number(id('-u')), gid: Number(id('-g')) };
  } catch {
    return undefined;
  }
}

export interface Dovecot {
  port: number;
  /** Puts a mail into a folder, as the mail server would. */
  deliver(raw: Buffer, folder?: string, user?: string): Promise<void>;
  doveadm(...args: string[]): Promise<void>;
  start(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDovecot(): Promise<Dovecot> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-dovecot-'));
  const who = owner();
  if (!who) throw new Error('There is nobody to run Dovecot as.');
  for (const name of ['', 'run', 'state', 'mail', 'mail/pods', 'mail/other']) {
    const path = join(dir, name);
    await mkdir(path, { recursive: true });
    chmodSync(path, 0o755);
    chownSync(path, who.uid, who.gid);
  }
  const port = await freePort();
  await writeFile(join(dir, 'users'), 'pods:{PLAIN}secret\nother:{PLAIN}secret\n');
  await writeFile(join(dir, 'dovecot.conf'), configuration(dir, port, who));
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(PROGRAM, ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore', uid: who?.uid, gid: who?.gid });
    await until(() => answers(port));
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null) return;
    const exit = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill(signal);
    await exit;
    await until(async () => !(await answers(port)));
  }
  async function doveadm(...args: string[]): Promise<void> {
    await run('doveadm', ['-c', join(dir, 'dovecot.conf'), ...args], { uid: who?.uid, gid: who?.gid });
  }
  await start();
  return {
    port,
    start,
    kill: () => end('SIGTERM'),
    doveadm,
    async deliver(raw, folder = 'INBOX', user = 'pods') {
      const path = join(dir, `mail-${Math.random()}`);
      await writeFile(path, raw);
      chmodSync(path, 0o644);
      await doveadm('save', '-u', user, '-m', folder, path);
    },
    async stop() {
      await end('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}

export async function until(is: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await is())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function configuration(dir: string, port: number, { name, group }: Owner): string {
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
mail_location = maildir:${dir}/mail/%n/Maildir
mail_uid = ${name}
mail_gid = ${group}
first_valid_uid = 1
first_valid_gid = 0
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n ${dir}/users
}
userdb {
  driver = static
  args = uid=${name} gid=${group} home=${dir}/mail/%n
}
namespace inbox {
  inbox = yes
  separator = /
}
log_path = ${dir}/log
`;
}
