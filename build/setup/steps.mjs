// Progress of the set-up: one line a step on standard error, and failures a person can act on.
// A line opens when work begins and ends with what came of it.
// Nothing here ever writes to standard output.

/** A step that failed: what happened, and what the user can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message what failed
   * @param {string} remedy what to do, as a sentence or a command
   * @param {string} [details] the last lines of a tool's output
   */
  constructor(message, remedy, details = '') {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
    this.details = details;
    /** @type {string | undefined} */
    this.step = undefined;
  }
}

/**
 * Runs one step under one progress line. `work` may call `say` once or more when it begins something slow;
 * what it returns is the line's end. With `quiet`, a step that never says anything leaves no line.
 * @param {string} name
 * @param {(say: (text: string) => void) => Promise<string>} work
 * @param {{ quiet?: boolean }} [options]
 */
export async function step(name, work, options = {}) {
  const startedMs = Date.now();
  let open = false;
  /** @param {string} text */
  const say = (text) => {
    process.stderr.write(open ? `${text} … ` : `${name}: ${text} … `);
    open = true;
  };
  try {
    const outcome = await work(say);
    const seconds = (Date.now() - startedMs) / 1000;
    if (open) process.stderr.write(`${outcome} (${seconds.toFixed(1)} s)\n`);
    else if (options.quiet !== true) process.stderr.write(`${name}: ${outcome}\n`);
  } catch (error) {
    if (open) process.stderr.write('failed\n');
    if (error instanceof SetupError) error.step ??= name;
    throw error;
  }
}

/**
 * Says what failed and what to do; the process's exit code comes back.
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (error instanceof SetupError) {
    const details = error.details === '' ? '' : `${error.details.trimEnd().replace(/^/gm, '    ')}\n`;
    process.stderr.write(`\nStopped at: ${error.step ?? 'set-up'}\n  What failed: ${error.message}\n${details}  What to do:  ${error.remedy}\n`);
  } else {
    process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return 1;
}
