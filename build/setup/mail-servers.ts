// Real mail servers for the tests beside Postfix: Exim, OpenSMTPD and postgrey from Debian's packages. These packages
// exclude each other and Postfix, so they are never installed: they are downloaded with all that they need and unpacked
// into a root folder of their own, in which the lab (test/lab/unpacked-server.ts) runs them by chroot.
// Always holds: the folder is there whole or not at all; nothing outside of it is changed. Only root can use it.
// Never stops the other tests: what could not be done is told here, and by the tests that need it.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, lastLines } from './child-process.mjs';
import { withLock } from './file-lock.ts';
import { inProject } from './paths.mjs';

const PACKAGES = ['exim4-daemon-light', 'opensmtpd', 'postgrey'];
const ROOT = inProject('dist/mail-servers/root');

/** What packages would make at their installation: accounts, by the names that the programs have built in. */
const ACCOUNTS = ['Debian-exim', 'opensmtpd', 'opensmtpq', 'postgrey'];
const FIRST_ID = 64_901;
const DEVICES = [['null', 3], ['zero', 5], ['random', 8], ['urandom', 9]] as const;

/** @returns how it went, for the progress line */
export async function ensureMailServers(say: (text: string) => void): Promise<string> {
  if (process.platform !== 'linux') return 'none on this system';
  if (existsSync(ROOT)) return 'in place';
  if (process.getuid?.() !== 0) return 'left out: only root can run them';
  const parent = dirname(ROOT);
  mkdirSync(parent, { recursive: true });
  return withLock(`${parent}.lock`, say, async () => {
    if (existsSync(ROOT)) return 'in place';
    const work = mkdtempSync(join(parent, 'making-'));
    try {
      say(`unpacking ${PACKAGES.join(' ')}`);
      const problem = (await download(work)) ?? (await unpack(work));
      if (problem !== null) return `not unpacked: ${problem}`;
      renameSync(join(work, 'root'), ROOT);
      return `unpacked ${PACKAGES.join(' ')}`;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

/** Into `archives`, each package with everything that it needs: for apt nothing is installed yet. Null: all went well. */
async function download(work: string): Promise<string | null> {
  const archives = join(work, 'archives');
  const status = join(work, 'status');
  mkdirSync(join(archives, 'partial'), { recursive: true });
  writeFileSync(status, '');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await capture('apt-get', ['update'], { env });
  if (updated.code === 127) return 'no apt here';
  for (const name of PACKAGES) {
    // One by one, because together they exclude each other.
    const options = ['-o', `Dir::State::status=${status}`, '-o', `Dir::Cache::archives=${archives}/`];
    const { code, output } = await capture('apt-get', ['install', '-y', '--download-only', '--no-install-recommends', ...options, name], { env });
    if (code !== 0) return `apt-get could not download ${name}: ${lastLines(updated.code === 0 ? output : `${updated.output}\n${output}`)}`;
  }
  return null;
}

async function unpack(work: string): Promise<string | null> {
  const root = join(work, 'root');
  mkdirSync(root, { mode: 0o755 });
  for (const file of readdirSync(join(work, 'archives')).filter((name) => name.endsWith('.deb'))) {
    const { code, output } = await capture('dpkg-deb', ['-x', join(work, 'archives', file), root]);
    if (code !== 0) return `dpkg-deb could not unpack ${file}: ${lastLines(output)}`;
  }
  for (const folder of ['doc', 'man', 'locale', 'info']) rmSync(join(root, 'usr/share', folder), { recursive: true, force: true });
  for (const folder of ['dev', 'run', 'tmp', 'etc', 'var/spool']) mkdirSync(join(root, folder), { recursive: true });
  rmSync(join(root, 'var/run'), { recursive: true, force: true });
  symlinkSync('/run', join(root, 'var/run'));
  for (const [name, minor] of DEVICES) {
    const { code, output } = await capture('mknod', ['-m', '666', join(root, 'dev', name), 'c', '1', String(minor)]);
    if (code !== 0) return `no devices can be made here: ${lastLines(output)}`;
  }
  const people: readonly (readonly [string, number])[] = [['root', 0], ['nobody', 65_534], ...ACCOUNTS.map((name, i) => [name, FIRST_ID + i] as const)];
  const line = (name: string, id: number, rest: string) => `${name}:x:${String(id)}:${rest}\n`;
  writeFileSync(join(root, 'etc/passwd'), people.map(([name, id]) => line(name, id, `${String(id)}::/nonexistent:/bin/false`)).join(''));
  writeFileSync(join(root, 'etc/group'), people.map(([name, id]) => line(name === 'nobody' ? 'nogroup' : name, id, '')).join('') + line('mail', 8, ''));
  return null;
}
