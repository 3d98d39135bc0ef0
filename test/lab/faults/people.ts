// Who is asked about in an SMTP fault, and what may be said of them: somebody who is hit by it, and others who are not.
import type { Reason } from '../../../shared/verdict/verdict.ts';
import type { Draw } from './draw.ts';
import { isRandom } from './smtp-scenario.ts';

export interface People {
  readonly all: readonly string[];
  readonly hit: string;
  /** Whether a command asks about the one who is hit. */
  isHit(command: string): boolean;
  /** What may be said of everybody. */
  everybody(...reasons: readonly Reason[]): ReadonlyMap<string, readonly Reason[]>;
  /** What may be said of the one, and of the others. */
  hitAndOthers(hit: readonly Reason[], others: readonly Reason[]): ReadonlyMap<string, readonly Reason[]>;
}

export function drawPeople(draw: Draw, most = 8): People {
  const all = Array.from({ length: draw.between(1, most) }, (_, i) => `user${String(i)}`);
  const hit = all[draw.between(0, all.length - 1)] ?? 'user0';
  return {
    all,
    hit,
    isHit: (command) => command.includes(`<${hit}@`),
    everybody: (...reasons) => new Map(all.map((local) => [local, reasons])),
    hitAndOthers: (one, others) => new Map(all.map((local) => [local, local === hit ? one : others])),
  };
}

/** Whether a command asks about anybody. */
export function isRecipient(command: string): boolean {
  return command.startsWith('RCPT');
}

/** Whether a command asks about somebody who may exist. */
export function isPerson(command: string): boolean {
  return isRecipient(command) && !isRandom(command);
}
