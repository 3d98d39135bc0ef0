import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppUrl } from '../../../electron/main/app-origin.ts';

describe('isAppUrl', () => {
  it('knows our own addresses', () => {
    for (const url of ['app://winnow/', 'app://winnow', 'app://winnow/index.html?x#y', 'APP://winnow/a/b.js']) {
      expect({ url, ours: isAppUrl(url) }).toEqual({ url, ours: true });
    }
  });

  it('takes nothing else for one, however alike it looks', () => {
    const urls = [
      '', 'app', 'app:', 'app:winnow', 'app:///winnow/', 'app://', 'app://winnow.evil/', 'app://winnow@evil/', 'app://evil/winnow', 'app://winnow:1/',
      'app://user@winnow/', 'app://user:pw@winnow/', 'apps://winnow/', 'http://winnow/', 'https://app//winnow/', 'file://winnow/', 'about:blank',
      'about:srcdoc', 'data:text/html,app://winnow/', 'blob:app://winnow/1', 'javascript:app://winnow/', 'app://winnow%2eevil/', 'app://winnow\\@evil/',
    ];
    for (const url of urls) expect({ url, ours: isAppUrl(url) }).toEqual({ url, ours: false });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(isAppUrl(text)).toBe(false);
      expect(typeof isAppUrl(`app://winnow${text}`)).toBe('boolean');
    }));
  });
});
