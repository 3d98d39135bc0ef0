// What is said of a destination that is left alone: the issue's own example to the letter, advice by list, provider and
// reason, and never a word about an address being bad.
import { describe, expect, it } from 'vitest';
import { setAsideWords } from '../../../renderer/features/list/set-aside-words.ts';
import { isExternalLink } from '../../../electron/main/external-links.ts';
import type { SetAsideView } from '../../../shared/ipc/lists.ts';
import { MAIL_PROVIDERS } from '../../../shared/verdict/mail-providers.ts';
import { REASONS, statusOf } from '../../../shared/verdict/verdict.ts';
import { en as words } from '../../../shared/words/en.ts';
import { HELP_LINKS } from '../../../shared/words/help-links.ts';

const at = new Date(2026, 4, 11, 13, 40).getTime();
const MINUTE = 60_000;
const S3150 = '550 5.7.1 Unfortunately, messages from [192.0.2.1] weren’t sent. Please contact your Internet service provider since part of their network is on our block list (S3150).';

const destination = (change: Partial<SetAsideView> = {}): SetAsideView => ({
  key: 'k', name: 'Outlook.com (Hotmail, Live)', state: 'refused', reason: 'ip_blocked', code: 'S3150', reply: S3150, sinceMs: at, untilMs: at + 60 * MINUTE, waiting: 412, ...change,
});
const say = (change: Partial<SetAsideView> = {}, nowMs = at + MINUTE) => setAsideWords(destination(change), nowMs);
const nameOf = (id: string): string => MAIL_PROVIDERS.find((provider) => provider.id === id)!.name;

describe('a provider that refuses this machine', () => {
  it('is named with its code, what waits, until when, and what to do', () => {
    const { headline, facts, advice, url } = say();
    expect(headline).toBe('Microsoft refuses this IP address (S3150)');
    expect(facts).toBe('412 addresses wait · waits until 14:40, then one is tried · since 13:40');
    expect(advice).toBe(words.destinations.advice.outlook.text);
    expect(url).toBe(HELP_LINKS.outlookSupport);
  });

  it.each([
    [nameOf('microsoft-365'), '550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'microsoft365'],
    [nameOf('microsoft-365'), '550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus', 'spamhaus'],
    [nameOf('google'), '550 5.7.1 Our system has detected an unusual rate', 'google'],
    ['mx.example.com', '554 5.7.1 blocked using zen.spamhaus.org', 'spamhaus'],
    ['mx.example.com', '554 Service unavailable; see https://www.barracudanetworks.com/reputation/?r=1', 'barracuda'],
    ['mx.example.com', '554 go away', 'blocked'],
    ['mx.example.com', null, 'blocked'],
    [nameOf('proofpoint'), '554 Blocked', 'proofpoint'],
  ] as const)('by %s, which says "%s": %s', (name, reply, advice) => {
    expect(say({ name, reply, code: null }).advice).toBe(words.destinations.advice[advice].text);
  });

  it('keeps the name of a host as it is', () => {
    expect(say({ name: 'mx (1).example.com', code: null }).headline).toBe('mx (1).example.com refuses this IP address');
  });
});

describe('the time', () => {
  it('is that of the next try, of tomorrow where the user’s limit is reached, or honestly unknown', () => {
    expect(say({ state: 'capped', reason: 'rate_limited', code: null, untilMs: at + 20 * 60 * MINUTE }).facts).toBe('412 addresses wait · goes on at Tue 09:40 · since 13:40');
    expect(say({ untilMs: null, waiting: 1 }).facts).toBe('1 address waits · is tried again later · since 13:40');
    expect(say({ waiting: 0 }, at + 61 * MINUTE).facts).toBe('no address waits · is tried again now · since 13:40');
  });
});

describe('every reason', () => {
  it.each(REASONS.filter((reason) => statusOf(reason) === 'unknown').map((reason) => [reason]))('has a headline and advice, and blames nobody: %s', (reason) => {
    const { headline, advice } = say({ reason, state: 'suspended', code: null });
    expect(headline).toMatch(/^Microsoft /);
    expect(advice).toMatch(/^[A-Z].*\.$/u);
    expect(`${headline} ${advice}`).not.toMatch(/undeliverable|invalid|does not exist|remove the address/i);
  });

  it('says of a limit of the user’s own that it is one', () => {
    expect(say({ state: 'capped', reason: 'rate_limited', code: null }).headline).toBe('Microsoft: your limit for today is reached');
  });
});

it('every page that is named may be opened, and carries nothing', () => {
  for (const url of Object.values(HELP_LINKS)) {
    expect(isExternalLink(url)).toBe(true);
    expect(new URL(url).search + new URL(url).hash).toBe('');
    expect(isExternalLink(`${url}?ip=192.0.2.1`)).toBe(false);
  }
});
