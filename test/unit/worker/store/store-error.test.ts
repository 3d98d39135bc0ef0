// The one place of the store's error policy.
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../shared/errors.ts';
import { guarded, storeError } from '../../../../electron/worker/store/store-error.ts';

describe('storeError', () => {
  const cases: readonly (readonly [code: string, told: string, retryable: boolean])[] = [
    ['SQLITE_FULL', 'DiskFull', true],
    ['SQLITE_IOERR_SHMSIZE', 'DiskFull', true],
    ['SQLITE_CORRUPT', 'StoreDamaged', false],
    ['SQLITE_CORRUPT_INDEX', 'StoreDamaged', false],
    ['SQLITE_NOTADB', 'StoreDamaged', false],
    ['SQLITE_BUSY', 'StoreInUse', true],
    ['SQLITE_BUSY_RECOVERY', 'StoreInUse', true],
    ['SQLITE_READONLY', 'StoreUnwritable', false],
    ['SQLITE_READONLY_DBMOVED', 'StoreUnwritable', false],
    ['SQLITE_CANTOPEN', 'StoreUnwritable', false],
    ['SQLITE_IOERR_WRITE', 'StoreUnwritable', true],
  ];
  for (const [code, told, retryable] of cases) {
    it(`tells ${code} as ${told}`, () => {
      const error = storeError(new Database.SqliteError('failed', code), 'lists/1.db');
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({ code: told, retryable });
      expect((error as UserError).message).toContain('lists/1.db');
    });
  }

  it('tells a full disk and a forbidden folder of the file system too', () => {
    expect(storeError(Object.assign(new Error('x'), { code: 'ENOSPC' }), 'd')).toMatchObject({ code: 'DiskFull', retryable: true });
    expect(storeError(Object.assign(new Error('x'), { code: 'EROFS' }), 'd')).toMatchObject({ code: 'StoreUnwritable' });
  });

  it('leaves defects as they are', () => {
    const defect = new TypeError('x is not a function');
    expect(storeError(defect, 'd')).toBe(defect);
    const constraint = new Database.SqliteError('FOREIGN KEY constraint failed', 'SQLITE_CONSTRAINT_FOREIGNKEY');
    expect(storeError(constraint, 'd')).toBe(constraint);
    expect(() => guarded('d', () => { throw defect; })).toThrow(defect);
  });
});
