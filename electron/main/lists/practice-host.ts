// The practice world, hosted in main: started when the first practice list needs it, kept while one is under way or
// paused (its greylister remembers who has been there), stopped when none is left. One world for all practice lists.
import { UserError } from '../../../shared/errors.ts';
import { enHost as words } from '../../../shared/words/en-host.ts';
import type { PracticeWorld } from '../../practice/types.ts';
import type { ListId } from '../../worker/interface.ts';
import type { Log } from '../log.ts';

export interface PracticeHostOptions {
  readonly start: () => Promise<PracticeWorld>;
  readonly log: Log;
}

export class PracticeHost {
  readonly #options: PracticeHostOptions;
  readonly #holders = new Set<ListId>();
  #world: Promise<PracticeWorld> | null = null;

  constructor(options: PracticeHostOptions) {
    this.#options = options;
  }

  /** The world, which stays until this list lets go of it. */
  async hold(listId: ListId): Promise<PracticeWorld> {
    this.#holders.add(listId);
    this.#world ??= this.#options.start();
    try {
      return await this.#world;
    } catch (cause) {
      this.#world = null;
      this.#holders.delete(listId);
      throw new UserError('BadUsage', words.practice.failed, { retryable: true, cause });
    }
  }

  async letGo(listId: ListId): Promise<void> {
    this.#holders.delete(listId);
    if (this.#holders.size === 0) await this.close();
  }

  async close(): Promise<void> {
    const starting = this.#world;
    this.#world = null;
    this.#holders.clear();
    const world = await starting?.catch(() => null);
    if (world === undefined || world === null) return;
    const { sessions, recipients, heloNames, violations } = world.record();
    await world.stop();
    this.#options.log.info('practice', 'practice world stopped', { sessions, recipients, heloNames, violations });
  }
}
