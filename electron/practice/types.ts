// The practice world: a simulated mail world on loopback, for the sample list, demos and tests.
import type { DnsServer } from '../engine/dns/types.ts';
import type { Scenario } from './scenarios.ts';

export interface PracticeOptions {
  /** Factor on the world's own waits (greylisting, tarpits); 0.01 in the product: 5 minutes become 3 seconds. */
  readonly timeScale?: number;
  /** What is wrong with the way to this world, for the preflight; nothing by default. */
  readonly scenario?: Scenario;
}

/** What a preflight of this world goes by. */
export interface PracticePreflight {
  /** Domains whose mail servers are visited. */
  readonly visits: readonly string[];
  /** An address at which nobody is, unless a portal answers for everybody. */
  readonly impossibleIp: string;
}

/** What the servers saw, for tests and benchmarks. */
export interface PracticeRecord {
  /** Broken promises: DATA, BDAT, VRFY, EXPN, AUTH, or a tenth refused recipient in one session. Must stay empty. */
  readonly violations: readonly string[];
  readonly sessions: number;
  /** The names that clients greeted with (EHLO, HELO), each once, in the order in which they were first seen. */
  readonly heloNames: readonly string[];
  readonly recipients: number;
  readonly refused: number;
  /** 421 replies given. */
  readonly closedWith421: number;
  readonly dnsQueries: number;
  /** Peak of simultaneous sessions by MX host name. */
  readonly peakSessions: Readonly<Record<string, number>>;
  /** How often each recipient (exact text) was asked. */
  readonly askedByRecipient: Readonly<Record<string, number>>;
}

export interface PracticeWorld {
  readonly dns: DnsServer;
  /** The one port on which every MX host of this world listens, on its own 127.x address. */
  readonly smtpPort: number;
  readonly preflight?: PracticePreflight;
  record(): PracticeRecord;
  stop(): Promise<void>;
}
