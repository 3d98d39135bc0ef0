// The system's own packages that Electron under Xvfb, the test against a real Postfix, and some benchmarks need.
// Asks dpkg, installs with apt when it may (root), prints the exact command otherwise.
// Never removes a package, never starts or enables a service, does nothing on systems without dpkg.
import { capture, lastLines } from './child-process.mjs';
import { SetupError } from './steps.mjs';

/** Several names for one thing: Debian 13 and Ubuntu 24.04 renamed libraries (64-bit time). */
type Package = readonly [name: string, ...otherNames: string[]];

const electronPackages: readonly Package[] = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
];
const displayPackages: readonly Package[] = [['xvfb']];
const mailServerPackages: readonly Package[] = [['postfix']];
/** The other side of the benchmarks of imports and exports. */
const benchmarkPackages: readonly Package[] = [['sqlite3']];

export interface PackageNeeds {
  readonly electron?: boolean;
  readonly display?: boolean;
  readonly mailServer?: boolean;
  readonly benchmarks?: boolean;
}

/** @returns how it went, for the progress line */
export async function ensureSystemPackages(needs: PackageNeeds, say: (text: string) => void): Promise<string> {
  if (process.platform !== 'linux') return 'none needed on this system';
  const wanted = [
    ...(needs.electron === true ? electronPackages : []),
    ...(needs.display === true ? displayPackages : []),
    ...(needs.mailServer === true ? mailServerPackages : []),
    ...(needs.benchmarks === true ? benchmarkPackages : []),
  ];
  const installed = await installedPackages(wanted.flat());
  if (installed === undefined) return `not checked (no dpkg here): ${wanted.map(([name]) => name).join(' ')}`;
  const missing = wanted.filter((names) => !names.some((name) => installed.has(name)));
  if (missing.length === 0) return 'in place';
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `These packages are not installed: ${missing.map(([name]) => name).join(' ')}.`,
      `sudo apt-get update && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove ${missing.map(([name]) => name).join(' ')}`,
    );
  }
  await aptInstall(missing, say);
  return `installed ${missing.map(([name]) => name).join(' ')}`;
}

async function aptInstall(missing: readonly Package[], say: (text: string) => void): Promise<void> {
  say(`apt-get install ${missing.map(([name]) => name).join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await capture('apt-get', ['update'], { env });
  if (missing.some(([name]) => name === 'postfix')) {
    // With no configuration of its own the packaged service has nothing to start with.
    await capture('debconf-set-selections', [], { env, input: 'postfix postfix/main_mailer_type select No configuration\n' });
  }
  const names = await Promise.all(missing.map(availableName));
  // --no-remove: postfix would push out another mail server that somebody uses.
  const args = ['install', '-y', '--no-install-recommends', '--no-remove', ...names];
  const { code, output } = await capture('apt-get', args, { env });
  if (code !== 0) {
    throw new SetupError(
      `apt-get ${args.join(' ')} ended with code ${String(code)}.`,
      'Install these packages by hand, then run again.',
      lastLines(updated.code === 0 ? output : `${updated.output}\n${output}`),
    );
  }
}

/** The first of its names that apt can install. */
async function availableName(names: Package): Promise<string> {
  for (const name of names) {
    const { output } = await capture('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return names[0];
}

async function installedPackages(names: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  const { code, stdout } = await capture('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names]);
  if (code === 127) return undefined;
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return new Set(lines.flatMap(([name = '', status]) => (status === 'installed' ? [name] : [])));
}
