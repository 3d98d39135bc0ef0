// On what the store tests are about to run: asked of the runtime itself, not of our own notes.
// Fails when it cannot open a database: better here with a reason than in every test.
// Works for Node and for an Electron that runs as Node; opens nothing but a database in memory.
import { capture } from '../setup/child-process.mjs';
import { SetupError } from '../setup/steps.mjs';

const question = `
  const { createRequire } = require('node:module');
  const Database = createRequire(process.argv[1] + '/')('better-sqlite3');
  const sqlite = new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get();
  const library = createRequire(process.argv[1] + '/')('better-sqlite3/package.json').version;
  const { electron, node } = process.versions;
  const place = electron === undefined ? 'on Node ' + node : 'inside Electron ' + electron + ' (Node ' + node + ')';
  console.log('Store tests ' + place + ': SQLite ' + sqlite + ', better-sqlite3 ' + library);
`;

/**
 * @param executable a Node, or an Electron with its RunAsNode fuse on
 * @param dir the folder from which better-sqlite3 is resolved
 * @returns one line naming the versions of Electron, Node, SQLite and better-sqlite3
 */
export async function describeRuntime(executable: string, dir: string): Promise<string> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { code, stdout, output } = await capture(executable, ['-e', question, dir], { env });
  if (code !== 0) throw new SetupError(`${executable} could not open a database.`, 'Remove dist and node_modules and run again.', output);
  return stdout.trim();
}
