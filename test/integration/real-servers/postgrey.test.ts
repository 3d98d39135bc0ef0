// The whole chain against a Postfix that asks a real postgrey: the first pass meets greylisting for everybody and blames
// nobody; the second one, after the wait, is right about all.
import { afterEach, describe, expect, it } from 'vitest';
import { startPostfix } from '../../lab/postfix.ts';
import { startPostgrey } from '../../lab/postgrey.ts';
import { openChain, people, usersOf } from './chain.ts';

const DOMAINS = ['one.test', 'two.test'];
const ASKED = people(30, DOMAINS);

let stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping.reverse()) await stop();
  stopping = [];
});

describe('winnow verify at a Postfix with postgrey', { timeout: 180_000 }, () => {
  it('calls nobody bad who is greylisted, and is right after the wait', async () => {
    const postgrey = await startPostgrey({ delaySeconds: 2 });
    stopping.push(() => postgrey.stop());
    const postfix = await startPostfix({ domains: DOMAINS, users: usersOf(ASKED), settings: [postgrey.postfixSetting] });
    stopping.push(() => postfix.stop());
    const retry = { maxRetries: 3, greylistFirstMs: 3_000, greylistNextMs: 3_000 };
    const chain = await openChain({ server: postfix, domains: DOMAINS, asked: ASKED, settings: { retry } });
    stopping.push(() => chain.close());

    const first = await chain.verify();
    expect({ wrong: first.wrong, undecided: first.undecided, scheduled: first.summary.scheduledReasons }).toEqual({
      wrong: [],
      undecided: { greylisted: ASKED.length },
      scheduled: { greylisted: ASKED.length },
    });
    const last = await chain.verify('--resume', '--wait');
    expect({ wrong: last.wrong, undecided: last.undecided, scheduled: last.summary.scheduled }).toEqual({ wrong: [], undecided: {}, scheduled: 0 });
    expect(postgrey.log()).toContain('action=greylist');
    expect(postgrey.log()).toContain('reason=triplet found');
  });
});
