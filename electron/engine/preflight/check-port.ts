// Whether port 25 is open from here: one of several unrelated servers speaks. What none of them does is told apart,
// because refusals come from a firewall that says so, and silence from one that does not.
import type { Check, Meeting, Visit } from './types.ts';

export const checkPort: Check = async (findings) => {
  const visits = await findings.visits();
  if (visits.length === 0) return { finding: 'port25_no_hosts' };
  const hosts = visits.map(({ mxHost }) => mxHost);
  const spoke = count(visits, 'spoke');
  if (spoke === visits.length) return { finding: 'port25_open', facts: { hosts, spoke } };
  if (spoke > 0) return { finding: 'port25_partly', facts: { hosts, spoke } };
  const detail = detailOf(visits);
  const facts = { hosts, spoke, ...(detail === '' ? {} : { detail }) };
  if (count(visits, 'local') === visits.length) return { finding: 'gave_up', facts };
  // The most telling one: whoever took the connection shows that the way is open and that something is in it.
  for (const [kind, finding] of FINDING_OF) if (count(visits, kind) > 0) return { finding, facts };
  return { finding: 'port25_no_hosts', facts };
};

const FINDING_OF = [
  ['mute', 'port25_mute'],
  ['proxy', 'port25_proxy'],
  ['refused', 'port25_refused'],
  ['silent', 'port25_silent'],
  ['unreachable', 'port25_unreachable'],
] as const;

function count(visits: readonly Visit[], kind: Meeting['kind']): number {
  return visits.filter(({ meeting }) => meeting.kind === kind).length;
}

function detailOf(visits: readonly Visit[]): string {
  const details = visits.flatMap(({ meeting }) => (meeting.kind === 'spoke' ? [] : [meeting.detail]));
  return [...new Set(details)].slice(0, 3).join('; ');
}
