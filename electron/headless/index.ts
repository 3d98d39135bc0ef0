// The command line: `winnow verify | preflight | check | classify | practice | lists | query | export | delete`. Plain Node, no window, no Electron.
// Standard output carries results only; progress and errors go to standard error.
// Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 paused.
import { UserError } from '../../shared/errors.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { USAGE } from './usage.ts';

/** Loaded when asked for: half of the start would go into commands that are not run. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  verify: async (args) => (await import('./commands/verify.ts')).verify(args),
  check: async (args) => (await import('./commands/check.ts')).check(args),
  classify: async (args) => (await import('./commands/classify.ts')).classify(args),
  preflight: async (args) => (await import('./commands/preflight.ts')).preflight(args),
  practice: async (args) => (await import('./commands/practice.ts')).practice(args),
  query: async (args) => (await import('./commands/query.ts')).query(args),
  append: async (args) => (await import('./commands/append.ts')).append(args),
  merge: async (args) => (await import('./commands/merge.ts')).merge(args),
  split: async (args) => (await import('./commands/split.ts')).split(args),
  lists: async (args) => (await import('./commands/lists.ts')).lists(args),
  export: async (args) => (await import('./commands/export.ts')).exportList(args),
  backup: async (args) => (await import('./commands/backup.ts')).backup(args),
  retention: async (args) => (await import('./commands/retention.ts')).retention(args),
  restore: async (args) => (await import('./commands/restore.ts')).restore(args),
  delete: async (args) => (await import('./commands/lists.ts')).deleteList(args),
};

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE);
    return name === undefined ? EXIT.badUsage : EXIT.done;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new UserError('BadUsage', `There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.`);
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  return await command(args);
}

// A reader that goes away (`winnow check | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`winnow: ${error instanceof UserError ? error.message : describeDefect(error)}\n`);
    process.exitCode = exitCodeOf(error);
  },
);

function describeDefect(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this is a defect in Winnow, please report it:\n${text}`;
}
