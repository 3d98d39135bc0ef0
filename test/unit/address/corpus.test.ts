import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../shared/address/parse-address.ts';
import { corpusAddresses } from '../../lab/corpora.ts';

const addresses = corpusAddresses();

describe('the address corpus', () => {
  if (addresses === null) {
    it('is left out: corpora not given (WINNOW_CORPORA is not set)', () => {
      expect(process.env['WINNOW_CORPORA'] ?? '').toBe('');
    });
    return;
  }

  it('is judged right, every address of it', () => {
    expect(addresses.length).toBeGreaterThan(100);
    const wrong = addresses.filter(({ address, valid }) => parseAddress(address).ok !== valid);
    expect(wrong).toEqual([]);
  });
});
