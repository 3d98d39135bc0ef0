// The rows at hand of a result table, against pages as main answers them: every position that is asked for gets its row,
// in order and without gaps, whatever is scrolled; one request at a time; late answers are dropped.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_ROWS, ResultPages } from '../../../renderer/features/results/result-pages.ts';
import type { PageRequest, ResultPage, ResultsFilter } from '../../../shared/ipc/lists.ts';
import { fakePage, fakeRow } from '../../lab/fake-results.ts';

interface Table {
  readonly pages: ResultPages;
  readonly requests: PageRequest[];
  readonly shifts: number[];
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>;
  readonly mostAtOnce: () => number;
}

function table(rows: number, filter: ResultsFilter = {}, answer: (request: PageRequest) => ResultPage = (request) => fakePage(request, rows)): Table {
  const requests: PageRequest[] = [];
  const shifts: number[] = [];
  let underWay = 0;
  let most = 0;
  const pages = new ResultPages({
    listId: 1,
    filter,
    rows,
    fetchPage: async (request) => {
      requests.push(request);
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return answer(request);
    },
    onChange: () => undefined,
    onShift: (by) => shifts.push(by),
    messageOf: (error) => (error as Error).message,
  });
  const settled = async (): Promise<void> => {
    let before: number;
    do {
      before = requests.length;
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    } while (requests.length !== before || underWay > 0);
  };
  return { pages, requests, shifts, settled, mostAtOnce: () => most };
}

describe('without a filter', () => {
  it('has the right row at every position, near or far, at a page for each jump', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5_000_000 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }), async (rows, places) => {
        const { pages, settled, mostAtOnce, requests } = table(rows);
        for (const place of places) {
          const first = Math.min(rows - 1, Math.floor(place * rows));
          const end = Math.min(rows, first + 30);
          pages.need(first, end);
          await settled();
          for (let position = first; position < end; position += 1) expect(pages.rowAt(position)?.row).toBe(position + 1);
        }
        expect(pages.count).toBe(rows);
        expect(mostAtOnce()).toBe(1);
        expect(requests.length).toBeLessThanOrEqual(3 * places.length + 1);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps no more than some thousand rows, however far it is scrolled', async () => {
    const { pages, settled } = table(100_000);
    for (let first = 0; first < 9_000; first += 50) {
      pages.need(first, first + 30);
      await settled();
      expect(pages.rowAt(first)?.row).toBe(first + 1);
    }
    expect(pages.rowAt(0)).toBeUndefined();
    for (let first = 9_000; first >= 0; first -= 50) {
      pages.need(first, first + 30);
      await settled();
      expect(pages.rowAt(first)?.row).toBe(first + 1);
    }
  });
});

describe('with a filter', () => {
  const filter: ResultsFilter = { statuses: ['undeliverable'] };
  const rows = 20_000;
  const matching = Array.from({ length: rows }, (_, index) => fakeRow(index + 1)).filter(({ status }) => status === 'undeliverable').map(({ row }) => row);

  it('is exact from the first row on, page after page', async () => {
    const { pages, settled } = table(rows, filter);
    for (let first = 0; first < 1_000; first += 40) {
      pages.need(first, first + 40);
      await settled();
      for (let position = first; position < first + 40; position += 1) expect(pages.rowAt(position)?.row).toBe(matching[position]);
    }
    expect(pages.total).toBe(matching.length);
  });

  it('jumps to where the rows probably are, and has them there in order and without gaps', async () => {
    const { pages, settled } = table(rows, filter);
    pages.need(0, 30);
    await settled();
    pages.need(2_000, 2_030);
    await settled();
    const shown = Array.from({ length: 30 }, (_, index) => pages.rowAt(2_000 + index)?.row ?? -1);
    const start = matching.indexOf(shown[0]!);
    expect(shown).toEqual(matching.slice(start, start + 30));
    expect(Math.abs(start - 2_000)).toBeLessThan(20);
  });

  it('ends with the last row at the last position', async () => {
    const { pages, settled } = table(rows, filter);
    pages.need(0, 30);
    await settled();
    pages.need(matching.length - 30, matching.length);
    await settled();
    expect(pages.rowAt(matching.length - 1)?.row).toBe(matching.at(-1));
    expect(pages.rowAt(matching.length - 30)?.row).toBe(matching.at(-30));
  });

  it('comes back to the exact first row from anywhere, and says by how much it moved', async () => {
    const { pages, settled, shifts } = table(rows, filter);
    pages.need(0, 30);
    await settled();
    let at = 2_000;
    pages.need(at, at + 30);
    while (at > 0) {
      await settled();
      at = Math.max(0, at + shifts.splice(0).reduce((sum, by) => sum + by, 0) - 60);
      pages.need(at, at + 30);
    }
    await settled();
    expect(pages.rowAt(0)?.row).toBe(matching[0]);
    expect(pages.rowAt(29)?.row).toBe(matching[29]);
  });

  it('grows as it is scrolled where nobody counted, and knows the end when it is there', async () => {
    const { pages, settled } = table(2_000, { search: 'maria' });
    pages.need(0, 30);
    await settled();
    expect(pages.total).toBeNull();
    expect(pages.count).toBe(2 * PAGE_ROWS);
    pages.need(150, 190);
    await settled();
    for (let first = 190; first < pages.count; first += 30) {
      pages.need(first, Math.min(pages.count, first + 40));
      await settled();
    }
    expect(pages.count).toBe(250);
  });

  it('says so when nothing matches', async () => {
    const { pages, settled } = table(500, { search: 'nobody at all' });
    pages.need(0, 30);
    await settled();
    expect([pages.answered, pages.count, pages.total]).toEqual([true, 0, 0]);
  });
});

describe('what changes meanwhile', () => {
  it('asks again for what is seen, and takes the new verdicts', async () => {
    let score = 1;
    const { pages, settled, requests } = table(10_000, {}, (request) => {
      const page = fakePage(request, 10_000);
      return { ...page, rows: page.rows.map((row) => ({ ...row, score })) };
    });
    pages.need(5_000, 5_030);
    await settled();
    score = 2;
    const before = requests.length;
    pages.refresh();
    await settled();
    expect(pages.rowAt(5_010)).toMatchObject({ row: 5_011, score: 2 });
    expect(requests.length).toBe(before + 1);
  });

  it('drops an answer that comes after it was closed', async () => {
    const { pages, settled } = table(1_000);
    pages.need(0, 30);
    pages.close();
    await settled();
    expect(pages.answered).toBe(false);
  });

  it('tells a failure, does not repeat the same question by itself, and goes on with the next one', async () => {
    let failing = true;
    const { pages, settled, requests } = table(1_000, {}, (request) => {
      if (failing) throw new Error('The list is locked.');
      return fakePage(request, 1_000);
    });
    pages.need(0, 30);
    await settled();
    expect(pages.error).toBe('The list is locked.');
    pages.need(0, 30);
    await settled();
    expect(requests.length).toBe(1);
    failing = false;
    pages.need(1, 31);
    await settled();
    expect(pages.error).toBeNull();
    expect(pages.rowAt(1)?.row).toBe(2);
  });
});
