// A delaying proxy before a server, and what the server saw through it: connections at a time, commands a second, and each
// session's transcript, added up. Watches only.
import { startDelayProxy, type DelayProxy } from '../../lab/delay-proxy.ts';
import { SmtpTranscript } from './smtp-transcript.ts';

export interface Sight {
  readonly sessions: number;
  readonly peakConnections: number;
  readonly commands: number;
  /** Within the busiest second, and from the first command to the last. */
  readonly peakCommandsPerSecond: number;
  readonly meanCommandsPerSecond: number;
  readonly recipients: number;
  readonly mostRefusedInASession: number;
  readonly meanRefusedInASession: number;
  readonly mostErrorsInASession: number;
  readonly closedWith421: number;
  readonly repliesSlowed: number;
  /** Held back for a second by `in_flow_delay`. */
  readonly repliesInFlowDelay: number;
  /** DATA, BDAT, VRFY, EXPN, AUTH. */
  readonly forbiddenCommands: number;
  /** Recipients that are not in the list, of the domain that had most; and all of them. */
  readonly mostRandomRecipientsADomain: number;
  readonly randomRecipients: number;
}

export interface WatchedProxy extends DelayProxy {
  /** What was seen so far, by a client that asks for `listed` addresses. */
  sight(listed: ReadonlySet<string>): Sight;
}

export async function startWatchedProxy(target: { readonly ip: string; readonly port: number }, roundTripMs: number): Promise<WatchedProxy> {
  const transcripts: SmtpTranscript[] = [];
  const commandsAtMs: number[] = [];
  let open = 0;
  let peak = 0;
  const proxy = await startDelayProxy({
    target,
    roundTripMs,
    tap: () => {
      afterPolls(() => {
        open += 1;
        peak = Math.max(peak, open);
      });
      const transcript = new SmtpTranscript({
        now: () => performance.now(),
        oneWayMs: roundTripMs / 2,
        onCommand: (atMs) => commandsAtMs.push(atMs),
        onLeft: () => { open -= 1; },
      });
      transcripts.push(transcript);
      return transcript;
    },
  });
  return {
    ...proxy,
    sight(listed) {
      const sum = (of: (transcript: SmtpTranscript) => number): number => transcripts.reduce((all, transcript) => all + of(transcript), 0);
      const most = (of: (transcript: SmtpTranscript) => number): number => Math.max(0, ...transcripts.map(of));
      const random = transcripts.flatMap(({ recipients }) => recipients.filter((recipient) => !listed.has(recipient)));
      return {
        sessions: transcripts.length,
        peakConnections: peak,
        commands: commandsAtMs.length,
        peakCommandsPerSecond: busiestSecond(commandsAtMs),
        meanCommandsPerSecond: Math.round((commandsAtMs.length * 1_000) / Math.max(1, (commandsAtMs.at(-1) ?? 0) - (commandsAtMs[0] ?? 0))),
        recipients: sum(({ recipients }) => recipients.length),
        mostRefusedInASession: most(({ refusedRecipients }) => refusedRecipients),
        meanRefusedInASession: Math.round((sum(({ refusedRecipients }) => refusedRecipients) / Math.max(1, transcripts.length)) * 100) / 100,
        mostErrorsInASession: most(({ errors }) => errors),
        closedWith421: sum(({ closedWith421 }) => closedWith421),
        repliesSlowed: sum(({ slowed }) => slowed),
        repliesInFlowDelay: sum(({ flowDelayed }) => flowDelayed),
        forbiddenCommands: sum(({ forbidden }) => forbidden),
        mostRandomRecipientsADomain: mostOfOneDomain(random),
        randomRecipients: random.length,
      };
    },
  };
}

/** The event loop tells of a new connection before it tells of bytes that came earlier on others: those come first here. */
function afterPolls(act: () => void, polls = 3): void {
  setImmediate(() => {
    if (polls <= 1) act();
    else afterPolls(act, polls - 1);
  });
}

/** The most of the ascending times that lie within one second. */
export function busiestSecond(timesMs: readonly number[]): number {
  let from = 0;
  let most = 0;
  for (const [to, atMs] of timesMs.entries()) {
    while ((timesMs[from] ?? atMs) <= atMs - 1_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function mostOfOneDomain(recipients: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const recipient of recipients) {
    const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
