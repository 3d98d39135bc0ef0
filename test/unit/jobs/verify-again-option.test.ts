import { describe, expect, it } from 'vitest';
import { parseVerifyOptions } from '../../../electron/headless/verify-options.ts';
import { UserError } from '../../../shared/errors.ts';

describe('--again', () => {
  it('names what is verified again, of the stored list', () => {
    expect(parseVerifyOptions(['l.csv'])).toMatchObject({ again: null, resume: false });
    expect(parseVerifyOptions(['l.csv', '--again', 'All'])).toMatchObject({ again: { kind: 'all' }, resume: true });
    expect(parseVerifyOptions(['l.csv', '--again', 'unknown']).again).toEqual({ kind: 'unknown' });
    expect(parseVerifyOptions(['l.csv', '--again', 'older-than:30']).again).toEqual({ kind: 'older', days: 30 });
  });

  it('takes rows by rule, as query does', () => {
    const filter = { statuses: ['risky'], domains: ['one.example'] };
    expect(parseVerifyOptions(['l.csv', '--again', 'selected', '--status', 'risky', '--domain', 'one.example', '--duplicates', 'mailbox'])).toMatchObject({
      again: { kind: 'selected', rule: { filter, all: true, turned: [] } },
      duplicatesBy: 'mailbox',
      resume: true,
    });
  });

  it.each([['--again', 'selected'], ['--again', 'all', '--status', 'risky'], ['--search', 'x'], ['--again', 'selected', '--status', 'good']])('refuses %s %s %s %s', (...options) => {
    expect(() => parseVerifyOptions(['l.csv', ...options.filter((option) => typeof option === 'string')])).toThrow(UserError);
  });

  it.each(['', 'some', 'older-than', 'older-than:', 'older-than:0', 'older-than:-1', 'older-than:1.5', 'older-than:9999'])('refuses "%s"', (again) => {
    expect(() => parseVerifyOptions(['l.csv', '--again', again])).toThrow(UserError);
  });
});
