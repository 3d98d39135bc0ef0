// The arithmetic of a scroller over more rows than a browser's element may be high (33 M px; 16 M at two device pixels).
// The element is at most MAX_HEIGHT high. `top` is the position over all rows in px, as if there were no limit; where
// the element is lower than that, `scrollTop` stands for `top` in proportion. So the scroll bar reaches every row, and
// wheel and keys, which move `top` itself, still move by single rows.
// Pure; every function answers within its bounds whatever it is given.

export const MAX_HEIGHT = 8_000_000;

export interface Geometry {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the part that shows rows. */
  readonly viewport: number;
}

export interface Range {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Height of the scrolled element. */
export function elementHeight({ count, rowHeight }: Geometry): number {
  return Math.min(MAX_HEIGHT, count * rowHeight);
}

export function isScaled(geometry: Geometry): boolean {
  return geometry.count * geometry.rowHeight > MAX_HEIGHT;
}

/** The largest `top`: the last row at the lower edge. */
export function maxTop({ count, rowHeight, viewport }: Geometry): number {
  return Math.max(0, count * rowHeight - viewport);
}

export function clampTop(top: number, geometry: Geometry): number {
  return Math.min(maxTop(geometry), Math.max(0, top));
}

export function topOf(scrollTop: number, geometry: Geometry): number {
  return clampTop(scrollTop * scale(geometry), geometry);
}

export function scrollTopOf(top: number, geometry: Geometry): number {
  return clampTop(top, geometry) / scale(geometry);
}

/** Rows that are seen at least in part, and `overscan` more on either side. */
export function visibleRange(top: number, geometry: Geometry, overscan = 0): Range {
  const { count, rowHeight, viewport } = geometry;
  const at = clampTop(top, geometry);
  const first = Math.max(0, Math.floor(at / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((at + viewport) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}

/** The nearest `top` at which row `index` is seen whole. */
export function topToReveal(index: number, top: number, geometry: Geometry): number {
  const { rowHeight, viewport } = geometry;
  const rowTop = index * rowHeight;
  if (rowTop < top) return clampTop(rowTop, geometry);
  if (rowTop + rowHeight > top + viewport) return clampTop(rowTop + rowHeight - viewport, geometry);
  return clampTop(top, geometry);
}

/** Whole rows that fit, as Page Up and Page Down move by. */
export function rowsInView({ rowHeight, viewport }: Geometry): number {
  return Math.max(1, Math.floor(viewport / rowHeight));
}

/** px of `top` for one px of `scrollTop`. */
function scale(geometry: Geometry): number {
  const way = elementHeight(geometry) - geometry.viewport;
  return way <= 0 ? 1 : maxTop(geometry) / way;
}
