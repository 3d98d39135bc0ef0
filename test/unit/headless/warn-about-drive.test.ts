// The command line says that a store lies on a network drive, and nothing where it does not.
import { expect, it } from 'vitest';
import { warnAboutDrive } from '../../../electron/headless/warn-about-drive.ts';

it('is said once, with the kind of drive', () => {
  const said: string[] = [];
  const say = (line: string): void => { said.push(line); };
  expect(warnAboutDrive('/store', say, () => null)).toBeNull();
  expect(said).toEqual([]);
  expect(warnAboutDrive('/store', say, (path) => (path === '/store' ? 'nfs4' : null))).toBe('nfs4');
  expect(said).toEqual([expect.stringMatching(/^warning: .*network drive \(nfs4\)/)]);
});
