// Every setting of the product, its bounds and its default: the one source for the preferences window,
// the headless `--settings FILE` and the tests. Units are in the names. No setting opens loopback.
import { z } from 'zod';
import { exportForm } from '../export/export-form.ts';
import { parseProxyUrl } from '../net/proxy-url.ts';

const hostname = z
  .string()
  .max(253)
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'a host name such as mail.example.com');

const reversePath = z.union([
  z.literal(''),
  z
    .string()
    .max(254)
    .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/, 'an address such as verify@example.com, or empty'),
]);

const points = (value: number) => z.int().min(0).max(100).default(value);

const ms = (min: number, max: number, value: number) => z.int().min(min).max(max).default(value);

/** What the user rules for the mail servers of one name. It is the only thing that can widen a bound of politeness: use it
 *  for servers that are your own or whose owner says that they stand it. A Postfix with its defaults does not: it slows
 *  every reply by a second after 10 refused recipients a session, and hangs up after 20. */
const destinationRule = z.strictObject({
  /** An MX host name, or `*.example.com` for every host below one. The first rule that fits counts. */
  mxPattern: z.string().max(253).regex(/^(\*\.)?([a-z0-9_-]+\.)+[a-z0-9-]+$/i, 'a host name such as mx.example.com, or *.example.com'),
  errorBudget: z.int().min(1).max(1_000).optional(),
  maxConnections: z.int().min(1).max(50).optional(),
  maxRecipientsPerTransaction: z.int().min(1).max(1_000).optional(),
  maxTransactionsPerSession: z.int().min(1).max(10_000).optional(),
  maxRecipientsPerSession: z.int().min(1).max(50_000).optional(),
  /** Recipients a minute, over all connections of a destination. */
  recipientsPerMinute: z.int().min(1).max(1_000_000).optional(),
  /** Recipients a calendar day, over all servers that the rule fits and all lists; counted in the store. What is left
   *  over is asked tomorrow. */
  dailyCap: z.int().min(1).max(100_000_000).optional(),
});

export const settingsSchema = z.strictObject({
  identity: z
    .strictObject({
      /** EHLO name: this machine's own name, matching its PTR. */
      heloName: hostname.default('localhost.localdomain'),
      /** MAIL FROM; '' is the null reverse-path, sent with one recipient a transaction only. */
      mailFrom: reversePath.default(''),
    })
    .prefault({}),
  dns: z
    .strictObject({
      /** `ip` or `ip:port`; empty means the system's. */
      servers: z.array(z.string().max(64)).max(8).default([]),
      timeoutMs: ms(100, 60_000, 8_000),
      minTtlSec: z.int().min(0).max(86_400).default(30),
      maxTtlSec: z.int().min(1).max(604_800).default(86_400),
      defaultTtlSec: z.int().min(1).max(86_400).default(300),
      cacheMaxEntries: z.int().min(100).max(10_000_000).default(100_000),
      cacheShards: z.int().min(1).max(256).default(16),
      maxInFlight: z.int().min(1).max(5_000).default(200),
      /** Keeps answers in the library for later runs; they name domains of the lists. */
      persistCache: z.boolean().default(true),
    })
    .prefault({}),
  smtp: z
    .strictObject({
      port: z.int().min(1).max(65_535).default(25),
      maxConnections: z.int().min(1).max(1_000).default(200),
      maxConnectionsPerDestination: z.int().min(1).max(50).default(10),
      connectTimeoutMs: ms(50, 300_000, 30_000),
      greetingTimeoutMs: ms(50, 300_000, 60_000),
      commandTimeoutMs: ms(50, 600_000, 60_000),
      idleTimeoutMs: ms(50, 300_000, 10_000),
      maxSessionMs: ms(1_000, 3_600_000, 300_000),
      /** Leave a session at this many refused recipients: Postfix slows at 10 and hangs up at 20. */
      errorBudget: z.int().min(1).max(9).default(9),
      maxRecipientsPerTransaction: z.int().min(1).max(1_000).default(100),
      maxTransactionsPerSession: z.int().min(1).max(11).default(10),
      maxRecipientsPerSession: z.int().min(1).max(50_000).default(1_000),
      maxFlight: z.int().min(1).max(100).default(50),
      /** `never`: plain text unless the server demands TLS (530); `offered`: STARTTLS wherever it is offered. */
      tls: z.enum(['never', 'offered']).default('never'),
      localAddress: z.string().max(64).default(''),
      ipv6: z.boolean().default(true),
      /** Idle sessions kept ready for a target in use; with 0 none is opened before somebody asks for it. */
      minIdle: z.int().min(0).max(10).default(0),
      /** The longest life of a connection, whatever the politeness bound `maxSessionMs` allows. */
      maxLifetimeMs: ms(1_000, 86_400_000, 3_600_000),
      cleanUpIntervalMs: ms(1_000, 86_400_000, 300_000),
      /** RSET to a session unused for 30 s. Off: NOOP is junk to Postfix and Exim drops on the 12th RSET, so a dead
       *  connection is found by its use, and its flight is asked again on a new one. */
      healthCheck: z.boolean().default(false),
      healthCheckIntervalMs: ms(1_000, 86_400_000, 300_000),
      /** Further tries of a connect whose failure may pass, after a random wait that grows from the first to the second. */
      maxRetries: z.int().min(0).max(10).default(3),
      retryBackoffMs: ms(0, 60_000, 500),
      retryBackoffMaxMs: ms(0, 600_000, 8_000),
      /** Failed connects or greetings in a row that open a target's circuit breaker, how long it stays open, and at most. */
      breakerFailures: z.int().min(1).max(100).default(5),
      breakerOpenMs: ms(1, 3_600_000, 30_000),
      breakerOpenMaxMs: ms(1, 86_400_000, 900_000),
      /** Recipients a minute over all destinations of a run; 0: as fast as they let us. */
      recipientsPerMinute: z.int().min(0).max(10_000_000).default(0),
      /** Refusals in a row, over all sessions of a target and with nobody accepted, after which it is left alone. */
      targetErrorBudget: z.int().min(1).max(100_000).default(200),
      /** The address to leave by towards IPv6; `localAddress` is for the other family, or for its own if it is IPv6. */
      localAddressIpv6: z.string().max(64).default(''),
      /** Everything to port 25 goes through it, and nothing without it; DNS does not. `socks5://[user:password@]host:port`. */
      proxy: z
        .string()
        .max(1_024)
        .refine((text) => text === '' || parseProxyUrl(text) !== null, 'a proxy such as socks5://127.0.0.1:1080, or empty')
        .default(''),
    })
    .prefault({}),
  destinations: z.array(destinationRule).max(100).default([]),
  retry: z
    .strictObject({
      maxRetries: z.int().min(0).max(10).default(3),
      /** First and later waits after greylisting (faults row 25: at least 5, then at least 30 minutes). */
      greylistFirstMs: ms(0, 86_400_000, 300_000),
      greylistNextMs: ms(0, 86_400_000, 1_800_000),
      /** Base and bound of the back-off for what may pass (rate limits, time-outs, DNS): doubled each time.
       *  The values are Postfix's minimal_backoff_time and maximal_backoff_time. */
      backoffMs: ms(0, 86_400_000, 300_000),
      backoffMaxMs: ms(0, 86_400_000, 4_000_000),
      /** How long a destination that refuses this machine (a block list, a missing PTR) is left alone before one recipient
       *  is tried: an hour, since nothing of the kind is mended in minutes. */
      refusedPauseMs: ms(0, 86_400_000, 3_600_000),
    })
    .prefault({}),
  verdict: z
    .strictObject({
      /** Which lists make an accepted address `risky`; each stays a flag where it is off. */
      riskyRole: z.boolean().default(true),
      riskyDisposable: z.boolean().default(true),
      riskyNoReply: z.boolean().default(true),
      riskyTypo: z.boolean().default(true),
      riskyTrap: z.boolean().default(true),
    })
    .prefault({}),
  score: z
    .strictObject({
      /** What a reason starts from. `unknown` is that of every unknown reason with none of its own; every undeliverable
       *  address is 0, which no setting changes. */
      base: z
        .strictObject({
          accepted: points(100),
          accepted_busy: points(92),
          accepted_unproven: points(70),
          accept_all: points(60),
          mailbox_full: points(35),
          // Acceptances: the weight of their flag takes the rest off.
          role: points(95),
          disposable: points(95),
          no_reply: points(95),
          possible_typo: points(95),
          possible_trap: points(95),
          // Likely to pass at the next attempt.
          greylisted: points(55),
          rate_limited: points(50),
          unknown: points(45),
        })
        .prefault({}),
      /** What a flag takes off. */
      flags: z
        .strictObject({
          trap: points(75),
          disposable: points(60),
          typo: points(50),
          no_reply: points(40),
          role: points(25),
          special_use: points(10),
          implicit_mx: points(5),
          aliased_mx: points(0),
          free: points(0),
          tagged: points(0),
          smtputf8: points(0),
          tls_unverified: points(0),
        })
        .prefault({}),
    })
    .prefault({}),
  batch: z
    .strictObject({
      /** Verdicts in a commit, and the longest that one waits for it. */
      maxVerdicts: z.int().min(1).max(10_000).default(1_000),
      maxDelayMs: ms(1, 10_000, 250),
    })
    .prefault({}),
  jobs: z
    .strictObject({
      /** The system's own notice when a list has come to its end and the window has not the focus. */
      notifyAtEnd: z.boolean().default(true),
    })
    .prefault({}),
  storage: z
    .strictObject({
      /** Newest daily copies that stay, of the library and of each list; 0: none are made. */
      backupsKept: z.int().min(0).max(30).default(3),
      /** Lists with a larger file are not copied. A million rows take about 160 MB. */
      backupMaxListMb: z.int().min(0).max(1_000_000).default(200),
      /** How long a certain verdict is used again for the same address of another list; 0: never. */
      reuseDays: z.int().min(0).max(90).default(7),
      /** Of those so many are remembered at most, about 100 bytes each; the oldest are forgotten first. */
      reuseMaxVerdicts: z.int().min(0).max(50_000_000).default(1_000_000),
      /** Days after which a list that nobody works on loses its verdicts, or goes altogether; 0: never. */
      deleteVerdictsAfterDays: z.int().min(0).max(3_650).default(0),
      deleteListsAfterDays: z.int().min(0).max(3_650).default(0),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      /** Served to scrapers on this machine, at http://127.0.0.1:PORT/metrics; the app only, see `--metrics` of the command line. */
      enabled: z.boolean().default(false),
      port: z.int().min(1_024).max(65_535).default(9_464),
    })
    .prefault({}),
  /** The user's own exports, by names; made in the export sheet. */
  exportPresets: z
    .array(z.strictObject({ name: z.string().min(1).max(80), form: exportForm }))
    .max(50)
    .default([]),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
