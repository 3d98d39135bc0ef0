// The scroller's arithmetic, for any number of rows: every row can be reached by the scroll bar and by keys, the element
// is never too high for a browser, and what is drawn covers what is seen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampTop, elementHeight, isScaled, MAX_HEIGHT, maxTop, rowsInView, scrollTopOf, topOf, topToReveal, visibleRange, type Geometry,
} from '../../../renderer/features/results/scroll-math.ts';

const geometries = fc.record({ count: fc.integer({ min: 0, max: 50_000_000 }), rowHeight: fc.constantFrom(24, 32, 41), viewport: fc.integer({ min: 1, max: 3_000 }) });
const withTop = geometries.chain((geometry) => fc.tuple(fc.constant(geometry), fc.double({ min: 0, max: maxTop(geometry), noNaN: true })));

describe('the scroll arithmetic', () => {
  it('never makes an element that a browser would cut', () => {
    fc.assert(fc.property(geometries, (geometry) => elementHeight(geometry) <= MAX_HEIGHT));
  });

  it('goes from position to scroll bar and back, within what a pixel of the bar stands for', () => {
    fc.assert(
      fc.property(withTop, ([geometry, top]) => {
        const scrollTop = scrollTopOf(top, geometry);
        expect(scrollTop).toBeGreaterThanOrEqual(0);
        expect(scrollTop).toBeLessThanOrEqual(Math.max(0, elementHeight(geometry) - geometry.viewport) + 1e-6);
        expect(topOf(scrollTop, geometry)).toBeCloseTo(top, 3);
      }),
    );
  });

  it('reaches the first and the last row with the scroll bar at its ends', () => {
    fc.assert(
      fc.property(geometries.filter(({ count }) => count > 0), (geometry) => {
        expect(visibleRange(topOf(0, geometry), geometry).first).toBe(0);
        const bottom = elementHeight(geometry) - geometry.viewport;
        expect(visibleRange(topOf(bottom, geometry), geometry).end).toBe(geometry.count);
      }),
    );
  });

  it('keeps the order: further down the bar is never further up the list', () => {
    fc.assert(
      fc.property(geometries, fc.integer({ min: 0, max: MAX_HEIGHT }), fc.integer({ min: 0, max: MAX_HEIGHT }), (geometry, a, b) => {
        expect(topOf(Math.min(a, b), geometry)).toBeLessThanOrEqual(topOf(Math.max(a, b), geometry));
      }),
    );
  });

  it('draws all that is seen, nothing outside the list, and only as much more as it was told', () => {
    fc.assert(
      fc.property(withTop, fc.integer({ min: 0, max: 20 }), ([geometry, top], overscan) => {
        const { first, end } = visibleRange(top, geometry, overscan);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(geometry.count);
        expect(first * geometry.rowHeight).toBeLessThanOrEqual(top);
        expect(end === geometry.count || end * geometry.rowHeight >= top + geometry.viewport).toBe(true);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(geometry.viewport / geometry.rowHeight) + 1 + 2 * overscan);
      }),
    );
  });

  it('reveals any row whole where it fits, and moves no further than it must', () => {
    fc.assert(
      fc.property(withTop, fc.nat(), ([geometry, top], seed) => {
        fc.pre(geometry.count > 0 && geometry.viewport >= geometry.rowHeight);
        const index = seed % geometry.count;
        const moved = topToReveal(index, top, geometry);
        expect(index * geometry.rowHeight).toBeGreaterThanOrEqual(moved - 1e-6);
        expect((index + 1) * geometry.rowHeight).toBeLessThanOrEqual(moved + geometry.viewport + 1e-6);
        if (index * geometry.rowHeight >= top && (index + 1) * geometry.rowHeight <= top + geometry.viewport) expect(moved).toBe(clampTop(top, geometry));
      }),
    );
  });
});

it('moves single pixels where nothing is scaled, and row 10,000,000 is there where it is', () => {
  const short: Geometry = { count: 1_000, rowHeight: 32, viewport: 600 };
  expect(isScaled(short)).toBe(false);
  expect(topOf(123, short)).toBe(123);
  const long: Geometry = { count: 10_000_000, rowHeight: 32, viewport: 600 };
  expect(isScaled(long)).toBe(true);
  expect(visibleRange(topOf(MAX_HEIGHT - 600, long), long)).toEqual({ first: 9_999_981, end: 10_000_000 });
  expect(rowsInView(long)).toBe(18);
});
