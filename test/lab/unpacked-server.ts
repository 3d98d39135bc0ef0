// A real server from Debian's packages that cannot be installed beside Postfix: run by chroot in a copy of the folder into
// which the set-up has unpacked it (build/setup/mail-servers.ts). Each has a copy of its own (hard links), so that paths
// that are built into a program never meet. Stopped by the test, and stopped too where the test's process dies.
// It never skips: where the folder is missing or we are not root, it fails and says what to do.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const UNPACKED = join(import.meta.dirname, '../../dist/mail-servers/root');
/** What the server itself can take to start. */
const START_MS = 20_000;
const LOOK_AGAIN_MS = 20;

export interface UnpackedServerOptions {
  readonly name: string;
  /** Loopback address to listen on; a free port of it is chosen. */
  readonly host: string;
  /** The command inside the root, in the foreground. */
  readonly command: (port: number) => readonly string[];
  /** Files to write, by their absolute path inside the root. */
  readonly files: (port: number) => Readonly<Record<string, string>>;
  /** Folders to make, and whose they are: an account of the root's /etc/passwd. */
  readonly folders?: Readonly<Record<string, string>>;
}

export interface UnpackedServer {
  readonly host: string;
  readonly port: number;
  /** What it has said, or the whole of one of its files. */
  log(file?: string): string;
  stop(): Promise<void>;
}

export async function startUnpackedServer({ name, host, command, files, folders = {} }: UnpackedServerOptions): Promise<UnpackedServer> {
  if (process.getuid?.() !== 0) throw new Error(`${name} can only be started by root.`);
  if (!existsSync(UNPACKED)) {
    throw new Error(`${name} is not unpacked. As root, with Debian's packages within reach: npm test -- integration (its line "Mail servers" tells what went wrong)`);
  }
  const root = await mkdtemp(join(dirname(UNPACKED), 'run-'));
  await run('/bin/cp', ['-al', `${UNPACKED}/.`, root]);
  await run('/bin/chmod', ['755', root]);
  const port = await freePort(host);
  for (const [path, account] of Object.entries(folders)) {
    await mkdir(join(root, path), { recursive: true });
    const id = Number(new RegExp(`^${account}:x:(\\d+):`, 'm').exec(readFileSync(join(root, 'etc/passwd'), 'utf8'))?.[1]);
    await chown(join(root, path), id, id);
  }
  for (const [path, text] of Object.entries(files(port))) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const said = join(root, 'said.log');
  // It waits until our end of its input is closed, by us or because this process is gone for whatever reason.
  const script = 'root=$1; shift; chroot "$root" "$@" >"$root/said.log" 2>&1 & pid=$!; read _; kill $pid; wait $pid; rm -rf "$root"';
  const keeper = spawn('/bin/sh', ['-c', script, `${name}-keeper`, root, ...command(port)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
  });
  const log = (path = said): string => {
    const at = path === said ? said : join(root, path);
    return existsSync(at) ? readFileSync(at, 'utf8') : '';
  };
  const stop = async (): Promise<void> => {
    const gone = once(keeper, 'exit');
    keeper.stdin.end();
    await gone;
  };
  if (!(await listens(host, port))) {
    const words = log();
    await stop();
    await rm(root, { recursive: true, force: true });
    throw new Error(`${name} did not start: ${words}`);
  }
  return { host, port, log, stop };
}

/** A foreign program gives no event when it listens: it is asked until it takes a connection. */
async function listens(host: string, port: number): Promise<boolean> {
  const untilMs = performance.now() + START_MS;
  while (performance.now() < untilMs) {
    const socket = connect({ host, port });
    const taken = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => { resolve(true); });
      socket.once('error', () => { resolve(false); });
    });
    socket.destroy();
    if (taken) return true;
    await pause(LOOK_AGAIN_MS);
  }
  return false;
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
