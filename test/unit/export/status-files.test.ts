// The names of a file for each status, and the format that a name asks for.
import { expect, it } from 'vitest';
import { formatOfName } from '../../../shared/export/export-format.ts';
import { statusFiles } from '../../../shared/export/status-files.ts';
import { PRESETS } from '../../../shared/export/presets.ts';
import { exportForm } from '../../../shared/export/export-form.ts';

it('puts the status before the extension, in the taxonomy\'s order', () => {
  expect(statusFiles('/a.b/clean.csv', ['unknown', 'deliverable']).map(({ path }) => path)).toEqual(['/a.b/clean-deliverable.csv', '/a.b/clean-unknown.csv']);
  expect(statusFiles('/a.b/clean', undefined).map(({ path }) => path)).toEqual(['deliverable', 'undeliverable', 'risky', 'unknown', 'not-verified'].map((name) => `/a.b/clean-${name}`));
});

it('knows a format by its extension, in any case', () => {
  expect(['a.CSV', 'a.tsv', 'x.y.xlsx', 'a.ndjson', 'a.htm', 'a', 'csv', 'a.csv/b'].map(formatOfName)).toEqual(['csv', 'tsv', 'xlsx', 'jsonl', 'html', null, null, null]);
});

it('has presets that are forms', () => {
  for (const preset of Object.values(PRESETS)) expect(exportForm.parse(preset)).toEqual(preset);
});
