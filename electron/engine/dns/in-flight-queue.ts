// Lets at most so many tasks run at a time; the others start in the order in which they came.
// Always holds: a task that ends, in whatever way, hands its place to the next in line.

export interface InFlightQueue {
  /** Starts `task` when there is room; settles as it does. */
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Tasks running just now. */
  readonly running: number;
  readonly waiting: number;
}

/** From here on the spent part of the line is worth cutting off. */
const SPENT_BEFORE_CUT = 1024;

export function createInFlightQueue(maxRunning: number): InFlightQueue {
  // Shifting an array of thousands costs O(n) each time; a moving head keeps 5,000 names at once cheap.
  let line: (() => void)[] = [];
  let head = 0;
  let running = 0;

  function handOn(): void {
    const next = line[head];
    if (next === undefined) {
      running -= 1;
      return;
    }
    head += 1;
    if (head >= SPENT_BEFORE_CUT && head * 2 >= line.length) {
      line = line.slice(head);
      head = 0;
    }
    // The place passes on as it is: `running` stays, so that nobody who comes just now can slip in between.
    next();
  }

  return {
    async run(task) {
      if (running < maxRunning) running += 1;
      else {
        await new Promise<void>((resolve) => {
          line.push(resolve);
        });
      }
      try {
        return await task();
      } finally {
        handOn();
      }
    },
    get running() {
      return running;
    },
    get waiting() {
      return line.length - head;
    },
  };
}
