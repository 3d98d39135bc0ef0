// The preview of a file: what the import would do, said beforehand; overrides followed; of a large file only the start.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPreview, type ReadingOptions } from '../../../../shared/ipc/lists.ts';
import { previewList } from '../../../../electron/worker/intake/preview-list.ts';
import { workbookFile } from '../../../lab/zip-file.ts';
import type { ListPreview } from '../../../../electron/worker/reader/reader-api.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-preview-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const failing = (code: string): Error => expect.objectContaining({ code, name: 'UserError' }) as Error;
async function preview(content: string | Buffer, reading: ReadingOptions = {}): Promise<ListPreview> {
  const path = join(folder, 'list.csv');
  writeFileSync(path, content);
  return await previewList(path, reading);
}

describe('a preview', () => {
  it('says how the file is read, shows its first rows, and counts duplicates, empty and impossible ones', async () => {
    const seen = await preview('name;email;name\n"Doe; Ann";ann@one.example;x\nBob;;\nCarl;Ann@ONE.example;\nDora;ann@one.example;y;z\nEve;nonsense;\n');
    expect(seen).toEqual({
      format: 'text',
      addressColumns: [1],
      encoding: 'utf-8',
      delimiter: ';',
      hasHeader: true,
      columns: ['name', 'email', 'name', ''],
      addressColumn: 1,
      rows: [['Doe; Ann', 'ann@one.example', 'x'], ['Bob', '', ''], ['Carl', 'Ann@ONE.example', ''], ['Dora', 'ann@one.example', 'y', 'z'], ['Eve', 'nonsense', '']],
      sampled: { rows: 5, duplicates: 1, empty: 1, invalid: 1, extracted: 0, suppressed: 0, wholeFile: true },
    });
    const file = { fileId: '6f4f9f0e-7f39-4a5e-8a52-0d3f5a1f5a11', name: 'list.csv', sizeBytes: 1 };
    expect(importPreview.parse({ file, ...seen })).toMatchObject(seen);
  });

  it('counts what is taken out of messy cells, what is suppressed and what is one mailbox, as the import does', async () => {
    const text = 'name,email\nAnn,Ann <ann@one.example>\nBob,b.ob@gmail.com\nBob,bob+x@gmail.com\nEve,eve@two.example\n';
    expect((await preview(text)).sampled).toMatchObject({ rows: 4, duplicates: 0, invalid: 0, extracted: 1, suppressed: 0 });
    expect((await preview(text, { duplicatesBy: 'mailbox' })).sampled).toMatchObject({ duplicates: 1 });
    expect((await previewList(join(folder, 'list.csv'), {}, { suppress: ['two.example'] })).sampled).toMatchObject({ duplicates: 0, suppressed: 1 });
  });

  it('follows what the user says', async () => {
    const text = 'a@one.example,b@two.example|1\nc@one.example,d@two.example|2\n';
    expect(await preview(text)).toMatchObject({ delimiter: ',', hasHeader: false, columns: ['column_1', 'column_2'], addressColumn: 0 });
    expect(await preview(text, { hasHeader: true })).toMatchObject({ columns: ['a@one.example', 'b@two.example|1'], sampled: { rows: 1 } });
    expect(await preview(text, { delimiter: '|' })).toMatchObject({ delimiter: '|', rows: [['a@one.example,b@two.example', '1'], ['c@one.example,d@two.example', '2']] });
    expect(await preview('x,x\na@one.example,b@two.example\n', { addressColumn: 1 })).toMatchObject({ addressColumn: 1 });
    const cyrillic = Buffer.concat([Buffer.from('email,'), Buffer.from([0xc9, 0xcd, 0xd1]), Buffer.from('\na@one.example,x\n')]);
    expect(await preview(cyrillic, { encoding: 'koi8-r' })).toMatchObject({ encoding: 'koi8-r', columns: ['email', 'имя'] });
    expect(await preview(cyrillic)).toMatchObject({ encoding: 'windows-1252', columns: ['email', 'ÉÍÑ'] });
  });

  it('leaves the column to the user where none is found, or where the named one is not there any more', async () => {
    expect(await preview('a,b\n1,2\n3,2\n')).toMatchObject({ addressColumn: null, columns: ['a', 'b'], sampled: { rows: 2, duplicates: 0, empty: 0, invalid: 0 } });
    expect(await preview('a,email\n1,a@one.example\n', { delimiter: ';', addressColumn: 1 })).toMatchObject({ addressColumn: null, columns: ['a,email'] });
    expect(await preview('a,b\n1,2\n3,2\n', { addressColumn: 1 })).toMatchObject({ addressColumn: 1, sampled: { duplicates: 1, invalid: 1 } });
  });

  it('takes the guard of an export of ours off, and cuts long cells', async () => {
    const ours = 'winnow_status,winnow_reason,winnow_score,winnow_did_you_mean,winnow_flags,winnow_reply,winnow_mx,winnow_checked_at,winnow_duplicate_of';
    const guarded = await preview(`email,note,${ours}\n'=a@one.example,${'x'.repeat(500)},,,,,,,,,\n`);
    expect(guarded.rows[0]?.slice(0, 2)).toEqual(['=a@one.example', 'x'.repeat(200)]);
  });

  it('of a text that was pasted reads that, and no file', async () => {
    expect(await previewList('Pasted', {}, undefined, 'name\temail\nAnn\ta@one.example\n')).toMatchObject({ format: 'text', delimiter: '\t', addressColumn: 1, sampled: { rows: 1, wholeFile: true } });
    const long = 'email\n'.padEnd(1_048_576 + 1_024, 'a@one.example\n');
    expect((await previewList('Pasted', {}, undefined, long)).sampled.wholeFile).toBe(false);
  });

  it('tells other faults of the file as the import does', async () => {
    await expect(previewList(join(folder, 'none.csv'), {})).rejects.toThrow(failing('FileNotFound'));
    await expect(previewList(folder, {})).rejects.toThrow(failing('FileIsFolder'));
    await expect(preview('')).rejects.toThrow(failing('FileEmpty'));
    await expect(preview('email\n')).rejects.toThrow(failing('FileEmpty'));
    await expect(preview(Buffer.from('%PDF-1.7\n%\xff\xff\n'))).rejects.toThrow(failing('FileBinary'));
    await expect(preview('a@one.example\n', { delimiter: '"' })).rejects.toThrow(failing('BadUsage'));
    await expect(preview('a@one.example\n', { encoding: 'klingon' })).rejects.toThrow(failing('BadUsage'));
  });
});

describe('of a file of more than 1 MiB', () => {
  const line = (index: number): string => `ä${String(index)}@one.example,äöüß\n`;
  const large = `email,note\n${Array.from({ length: 60_000 }, (_, index) => line(index)).join('')}`;

  it('only the start is read, whole rows and whole characters of it', async () => {
    // Whatever byte the limit falls on.
    for (const shift of [0, 1, 2]) {
      const seen = await preview(`${'x'.repeat(shift)}${large}`);
      expect(seen).toMatchObject({ encoding: 'utf-8', addressColumn: 0, sampled: { duplicates: 0, empty: 0, wholeFile: false } });
      expect(seen.rows).toHaveLength(50);
      const { rows } = seen.sampled;
      expect(Buffer.byteLength(large.split('\n').slice(0, rows + 1).join('\n'))).toBeLessThanOrEqual(1_048_576);
      expect(Buffer.byteLength(large.split('\n').slice(0, rows + 3).join('\n'))).toBeGreaterThan(1_048_576);
    }
  });

  it('what lies beyond is not looked at', async () => {
    const beyond = Buffer.concat([Buffer.from(large), Buffer.from([0xff, 0xfe, 0x00])]);
    expect(await preview(beyond)).toEqual(await preview(large));
  });

  it('says of a workbook which sheet it shows, and follows another one', async () => {
    const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const row = (...cells: readonly string[]): string => `<row>${cells.map(cell).join('')}</row>`;
    const book = workbookFile({ sheets: [['Notes', row('nothing')], ['People', row('email', 'work') + row('a@one.example', 'b@two.example')], ['More', row('c@one.example')]] });
    expect(await preview(book)).toMatchObject({
      format: 'xlsx', sheet: 'People', sheetNames: ['Notes', 'People', 'More'], addressColumn: 0, addressColumns: [0, 1], rows: [['a@one.example', 'b@two.example']],
    });
    expect(await preview(book, { sheet: 'More' })).toMatchObject({ sheet: 'More', rows: [['c@one.example']] });
    expect(await preview(book, { addressColumns: 'all' })).toMatchObject({ columns: ['email', 'work', 'address', 'address_column'], addressColumn: 2, sampled: { rows: 2 } });
  });
});
