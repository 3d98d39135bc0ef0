// What the preflight is given and what it hands out between its checks. It opens no socket itself: mail servers are met
// and names looked up through these, so that each check can be made to fail without a network.
import type { CheckFacts } from '../../../shared/preflight/report.ts';
import type { Finding } from '../../../shared/preflight/findings.ts';
import type { Clock } from '../clock.ts';
import type { HijackState } from '../dns/hijack-check.ts';
import type { RecordQueries } from '../dns/record-queries.ts';
import type { MxResolver } from '../dns/types.ts';

/** What came of going to one mail server: connect, read the greeting, EHLO, QUIT. Never more than that. */
export type Meeting =
  | {
      readonly kind: 'spoke';
      /** The first reply, its lines joined by a space, the code in front. */
      readonly greeting: string;
      /** Lines of the reply to EHLO without the code; empty where the greeting was no 220 or nothing came. */
      readonly ehlo: readonly string[];
    }
  /** It took the connection and said nothing, or nothing that is SMTP. */
  | { readonly kind: 'mute'; readonly detail: string }
  /** `refused`: a reset at once; `silent`: no answer in time; `unreachable`: the network says that there is no way. */
  | { readonly kind: 'refused' | 'silent' | 'unreachable' | 'proxy' | 'local'; readonly detail: string };

export type Meet = (ip: string, signal: AbortSignal) => Promise<Meeting>;

/** One visited mail server. */
export interface Visit {
  /** The domain whose mail it takes. */
  readonly domain: string;
  readonly mxHost: string;
  readonly ip: string;
  readonly meeting: Meeting;
}

export interface BlockList {
  readonly zone: string;
  readonly name: string;
}

export interface PreflightOptions {
  readonly clock: Clock;
  /** Domains of unrelated mail hosts, a handful; one server of each is visited. */
  readonly visits: readonly string[];
  /** An address at which nobody can be (RFC 5737); null: not asked. */
  readonly impossibleIp: string | null;
  readonly blockLists: readonly BlockList[];
  readonly heloName: string;
  /** '' for the null reverse-path. */
  readonly mailFrom: string;
  readonly resolver: Pick<MxResolver, 'lookup'> & { checkForHijacking(): Promise<HijackState> };
  readonly records: RecordQueries;
  readonly meet: Meet;
  /** Whether an address that a server names can be ours; private ones are some router's. */
  readonly canBeOwn: (ip: string) => boolean;
  /** For every check, from the start. */
  readonly deadlineMs: number;
  /** Ends it early: what is open is `gave_up`. */
  readonly signal?: AbortSignal;
}

/** What the checks share: the visits are made once, and our own address is read once. */
export interface Findings {
  readonly options: PreflightOptions;
  readonly signal: AbortSignal;
  readonly visits: () => Promise<readonly Visit[]>;
  /** The first is the one that most servers saw; empty where none said. */
  readonly ownAddresses: () => Promise<readonly string[]>;
}

export interface Found {
  readonly finding: Finding;
  readonly facts?: CheckFacts;
}

export type Check = (findings: Findings) => Promise<Found>;
