// Network drives by what Linux says of its mounts, and by Windows' UNC paths.
import { describe, expect, it } from 'vitest';
import { networkDrive, networkMount } from '../../../electron/host/network-drive.ts';

const MOUNTS = [
  '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  '30 22 0:40 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2',
  '31 30 8:2 / /home/local rw,relatime - xfs /dev/sdb1 rw',
  '32 22 0:41 / /mnt/my\\040share rw,nosuid - cifs //server/share rw',
  '33 22 0:42 / /mnt/remote rw,nosuid - fuse.sshfs me@server: rw',
  '34 22 0:43 / /mnt/usb rw,nosuid - fuseblk /dev/sdc1 rw',
  '35 33 8:3 / /mnt/remote rw,nosuid - ext4 /dev/sdd1 rw',
].join('\n');

describe('networkMount', () => {
  it.each([
    ['/var/lib/winnow', null],
    ['/home/ann/store', 'nfs4'],
    ['/home', 'nfs4'],
    ['/home/local/store', null],
    ['/homestead', null],
    ['/mnt/my share/store', 'cifs'],
    ['/mnt/usb/store', null],
    // Something else was mounted over it since.
    ['/mnt/remote/store', null],
  ])('%s: %s', (path, type) => {
    expect(networkMount(path, MOUNTS)).toBe(type);
  });

  it('knows sshfs', () => {
    expect(networkMount('/mnt/remote/x', MOUNTS.split('\n').slice(0, -1).join('\n'))).toBe('fuse.sshfs');
  });

  it('claims nothing where nothing is known', () => {
    expect(networkMount('/x', '')).toBeNull();
    expect(networkMount('/x', 'garbage\n - \n')).toBeNull();
  });
});

describe('networkDrive', () => {
  it('knows UNC paths on Windows, and no local ones', () => {
    for (const path of ['\\\\server\\share\\store', '//server/share', '\\\\?\\UNC\\server\\share']) expect(networkDrive(path, 'win32'), path).toBe('UNC');
    for (const path of ['C:\\Users\\ann', '\\\\?\\C:\\Users\\ann', '\\\\.\\C:\\']) expect(networkDrive(path, 'win32'), path).toBeNull();
  });

  it('is silent on other systems, and for what is not there', () => {
    expect(networkDrive('/Volumes/share', 'darwin')).toBeNull();
    expect(networkDrive('/no/such/folder', 'linux')).toBeNull();
  });
});
