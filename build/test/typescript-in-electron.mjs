// Preloaded (NODE_OPTIONS=--import) into every process and thread of the store tests inside Electron: an older
// Electron's Node cannot run TypeScript, and `better-sqlite3` must be the one built for that Electron.
// Children and threads that tests start inherit it, so that a test runs there exactly as it is written.
// Proves where it runs: outside Electron it refuses, or the tests would pass on Node 24 a second time unnoticed.
import { register } from 'node:module';

if (!('electron' in process.versions)) throw new Error('The store tests inside Electron were started outside it.');

register('./typescript-hooks.mjs', import.meta.url);
