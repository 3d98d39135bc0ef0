// Promises that were rejected with nobody to hear of it, from now until it is stopped: in a soak each is a failure. While
// it watches, none of them ends the process.

export interface RejectionWatch {
  /** Ends the watch; each rejection in words. */
  stop(): string[];
}

export function watchRejections(): RejectionWatch {
  const seen: string[] = [];
  const note = (reason: unknown): void => {
    seen.push(`unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  };
  process.on('unhandledRejection', note);
  return {
    stop() {
      process.off('unhandledRejection', note);
      return seen;
    },
  };
}
