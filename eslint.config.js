// Lint rules: typescript-eslint's strict type-checked sets, and the project's bans by folder.
// The bans say who may touch what: IPC in one file, sockets where the protocol is spoken, Electron where it lives.
// The deliberately bad tree in test/fixtures/bad-layers is linted with this same file: every ban must be seen there.
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A module under both of its names, `node:net` and `net`. */
const builtin = (name, message) => [
  { name: `node:${name}`, message },
  { name, message },
];

const sockets = ['net', 'tls'].flatMap((name) => builtin(name, 'Sockets belong to engine/smtp and practice.'));
const tls = builtin('tls', 'TLS belongs to engine/smtp and practice.');
const nameLookups = ['dns', 'dns/promises', 'dgram'].flatMap((name) => builtin(name, 'DNS and datagrams belong to engine/dns and practice.'));
const http = ['http', 'https', 'http2'].flatMap((name) => builtin(name, 'Only electron/host/metrics-server.ts serves, and nothing is fetched.'));
const electronItself = [{ name: 'electron', message: 'Electron belongs to electron/main and electron/preload.' }];
const ipcMain = [{ name: 'electron', importNames: ['ipcMain'], message: 'ipcMain belongs to electron/main/ipc/router.ts.' }];
const ipcRenderer = [{ name: 'electron', importNames: ['ipcRenderer'], message: 'ipcRenderer belongs to electron/preload.' }];

const bans = (...paths) => ({
  'no-restricted-imports': 'off',
  '@typescript-eslint/no-restricted-imports': ['error', { paths: paths.flat() }],
});

const productFiles = ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'shared/**/*.ts'];
const testFiles = ['test/**/*.ts'];

/** However it is reached: by name, by namespace, by require. */
const ipcMainByAnyName = { selector: "MemberExpression[property.name='ipcMain']", message: 'ipcMain belongs to electron/main/ipc/router.ts.' };
const testsThatDoNotRun = {
  selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|fails|skipIf|runIf)$/]",
  message: 'Every test runs: no only, skip, todo, fails or condition.',
};

export default defineConfig(
  globalIgnores(['dist/', 'release/', 'node_modules/', 'test/fixtures/bad-layers/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-debugger': 'error',
      'no-self-assign': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ipcMainByAnyName],
      'max-lines': ['error', 500],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Loops over an index are clear where both ends matter; the rule knows no such place.
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  { files: productFiles, rules: bans(sockets, nameLookups, http, electronItself) },
  { files: ['electron/main/**/*.ts'], rules: bans(sockets, nameLookups, http, ipcMain, ipcRenderer) },
  { files: ['electron/preload/**/*.ts'], rules: bans(sockets, nameLookups, http, ipcMain) },
  {
    files: ['electron/main/ipc/router.ts'],
    rules: { ...bans(sockets, nameLookups, http, ipcRenderer), 'no-restricted-syntax': 'off' },
  },
  { files: ['electron/engine/smtp/**/*.ts'], rules: bans(nameLookups, http, electronItself) },
  // DNS goes over TCP when an answer does not fit a datagram (RFC 7766); TLS has no place here.
  { files: ['electron/engine/dns/**/*.ts'], rules: bans(tls, http, electronItself) },
  { files: ['electron/practice/**/*.ts'], rules: bans(http, electronItself) },
  { files: ['electron/host/metrics-server.ts'], rules: bans(sockets, nameLookups, electronItself) },
  {
    files: testFiles,
    rules: {
      'no-restricted-syntax': ['error', testsThatDoNotRun],
      // A test may say what it knows: fixtures are known, and a failing assertion is the better message.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
