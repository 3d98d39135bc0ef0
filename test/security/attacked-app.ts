// The app under attack, once for a file of tests: an attacker that has proven that it can be reached, so that silence
// there means something, and the real app. Both are there from the first test on and gone after the last.
import { afterAll, beforeAll } from 'vitest';
import { launchApp, type LaunchedApp } from '../lab/app.ts';
import { startAttacker, type Attacker } from './attacker.ts';

export interface AttackedApp {
  readonly attacker: Attacker;
  readonly launched: LaunchedApp;
}

/** Call it at the top of a file; what it gives may be read within tests and hooks. */
export function attackedApp(): AttackedApp {
  const parts: { attacker?: Attacker; launched?: LaunchedApp } = {};
  beforeAll(async () => {
    parts.attacker = await startAttacker();
    await parts.attacker.prove();
    parts.launched = await launchApp();
  });
  afterAll(async () => {
    await parts.launched?.close();
    await parts.attacker?.close();
  });
  return {
    get attacker() {
      return started(parts.attacker);
    },
    get launched() {
      return started(parts.launched);
    },
  };
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The app is not there before the first test.');
  return part;
}
