// The preflight of a run's network: which hosts are visited, whom DNS is asked of, what may be dialled. Used by both
// hosts, like `open-network`, with the same options, so that what it finds is what the run would meet.
// Loopback is opened by an option of the run only, never by a setting.
import type { PreflightReport } from '../../shared/preflight/report.ts';
import { isAllowedTarget, targetClassOf } from '../../shared/net/target-policy.ts';
import type { Settings } from '../../shared/settings/schema.ts';
import { systemClock } from '../engine/clock.ts';
import { createMxResolver } from '../engine/dns/create-mx-resolver.ts';
import { createRecordQueries } from '../engine/dns/record-queries.ts';
import { runPreflight } from '../engine/preflight/run-preflight.ts';
import type { BlockList } from '../engine/preflight/types.ts';
import { meetHost } from '../engine/smtp/meet-host.ts';
import { practiceSettings } from '../practice/practice-settings.ts';
import type { PracticeWorld } from '../practice/types.ts';
import { dnsServersOf, type LabOptions } from './open-network.ts';

export interface PreflightHostOptions {
  readonly lab: LabOptions;
  /** Asked instead of everything else. */
  readonly practice: PracticeWorld | null;
  /** Domains to visit instead of the well-known ones. */
  readonly visits?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
}

/** Five of the world's largest mail hosts, unrelated to each other: one that is down or dislikes us proves nothing. */
const WELL_KNOWN = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'gmx.net'] as const;
/** TEST-NET-1 (RFC 5737): nobody can be there. */
const IMPOSSIBLE_IP = '192.0.2.1';
/** Lists that many servers ask and that answer a few questions without an agreement. */
const BLOCK_LISTS: readonly BlockList[] = [
  { zone: 'zen.spamhaus.org', name: 'Spamhaus ZEN' },
  { zone: 'bl.spamcop.net', name: 'SpamCop' },
  { zone: 'psbl.surriel.com', name: 'PSBL' },
];

const DEADLINE_MS = 12_000;
const CONNECT_TIMEOUT_MS = 6_000;
const REPLY_TIMEOUT_MS = 6_000;
const DNS_TIMEOUT_MS = 5_000;

/** Rejects with a `UserError` for a DNS server in the settings that is none, and for nothing else. */
export async function openPreflight({ lab, practice, visits, signal }: PreflightHostOptions, loaded: Settings): Promise<PreflightReport> {
  const named = lab.port === undefined ? loaded : { ...loaded, smtp: { ...loaded.smtp, port: lab.port } };
  const settings = practice === null ? named : practiceSettings(named, practice);
  const allowLoopback = practice !== null || lab.allowLoopback;
  const servers = dnsServersOf(lab, settings, practice);
  const dns = { ...settings.dns, timeoutMs: Math.min(settings.dns.timeoutMs, DNS_TIMEOUT_MS) };
  // Its own: what the run's cache remembers of a network that has changed meanwhile would tell of the old one.
  const resolver = createMxResolver({ servers, settings: dns, clock: systemClock, ipv6: settings.smtp.ipv6, allowLoopback });
  const impossibleIp = practice?.preflight?.impossibleIp ?? (lab.allowLoopback ? null : IMPOSSIBLE_IP);
  const isAllowed = (ip: string): boolean => ip === impossibleIp || isAllowedTarget(ip, { allowLoopback });
  const { heloName, mailFrom } = settings.identity;
  try {
    return await runPreflight({
      clock: systemClock,
      visits: visits ?? practice?.preflight?.visits ?? WELL_KNOWN,
      impossibleIp,
      blockLists: BLOCK_LISTS,
      heloName,
      mailFrom,
      resolver,
      records: createRecordQueries({ servers, timeoutMs: dns.timeoutMs, clock: systemClock }),
      meet: (ip, stop) =>
        meetHost({ settings: settings.smtp, heloName, clock: systemClock, isAllowed, connectTimeoutMs: CONNECT_TIMEOUT_MS, replyTimeoutMs: REPLY_TIMEOUT_MS }, ip, stop),
      // On loopback we are seen by a loopback address.
      canBeOwn: (ip) => targetClassOf(ip) === 'public' || (allowLoopback && targetClassOf(ip) === 'loopback'),
      deadlineMs: DEADLINE_MS,
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    resolver.close();
  }
}
