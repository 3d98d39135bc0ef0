// Whether a folder lies on a network drive: SQLite's locks and its WAL are not safe there (sqlite.org/howtocorrupt.html,
// 2.1), so the user is told. By what the system says of its mounts; where it says nothing, nothing is claimed.
import { readFileSync, realpathSync } from 'node:fs';

const NETWORK_TYPES = new Set(['nfs', 'nfs4', 'cifs', 'smb', 'smb2', 'smb3', 'smbfs', 'afs', 'ncpfs', '9p', 'fuse.sshfs', 'fuse.rclone', 'fuse.glusterfs', 'davfs', 'fuse.davfs2']);

/** The kind of network drive, for people, or null. `path`: absolute, exists. */
export function networkDrive(path: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform === 'win32') return /^(?:\\\\|\/\/)(?![?.][\\/](?!UNC[\\/]))/i.test(path) ? 'UNC' : null;
  if (platform !== 'linux') return null;
  try {
    return networkMount(realpathSync(path), readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return null;
  }
}

/** By the innermost mount that holds `path`; the last one where several lie on the same folder. `mountinfo`: proc(5). */
export function networkMount(path: string, mountinfo: string): string | null {
  let longest = -1;
  let found: string | null = null;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const mount = (before.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_match, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const holds = mount !== '' && (path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`));
    if (!holds || mount.length < longest) continue;
    longest = mount.length;
    const type = after.split(' ')[0] ?? '';
    found = NETWORK_TYPES.has(type) ? type : null;
  }
  return found;
}
