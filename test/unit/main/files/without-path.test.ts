import { describe, expect, it } from 'vitest';
import { withoutPath } from '../../../../electron/main/files/without-path.ts';
import { UserError } from '../../../../shared/errors.ts';

describe('an error for the page', () => {
  it('names the file and not where it lies, and stays what it was', () => {
    const error = new UserError('FileChanged', '/home/ann/a.csv was changed; /home/ann/a.csv.', { retryable: true });
    expect(withoutPath(error, '/home/ann/a.csv')).toMatchObject({ code: 'FileChanged', retryable: true, message: 'a.csv was changed; a.csv.', cause: error });
  });

  it('is the same where it names none', () => {
    const error = new UserError('FileEmpty', 'nothing');
    expect(withoutPath(error, '/home/ann/a.csv')).toBe(error);
  });
});
