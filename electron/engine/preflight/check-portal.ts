// Whether it is the mail servers themselves that answer on port 25, and no captive portal or proxy for all of them
// (faults row 56): nobody can be at an address kept for documentation, and unrelated servers do not greet with the same
// words. Masked greetings (stars) are an inspecting firewall: the servers behind it are real, so that is a warning.
import { greetingShape, isMasked, namesHost } from './greeting-shape.ts';
import type { Check, Meeting, PreflightOptions } from './types.ts';

export const checkPortal: Check = async ({ options, signal, visits }) => {
  const [impossible, visited] = await Promise.all([meetImpossible(options, signal), visits()]);
  if (impossible !== null && isThere(impossible)) {
    return { finding: 'portal_impossible_host', facts: { ip: options.impossibleIp ?? '', ...(impossible.kind === 'spoke' ? { greeting: impossible.greeting } : {}) } };
  }
  const spoken = visited.flatMap(({ mxHost, meeting }) => (meeting.kind === 'spoke' ? [{ mxHost, greeting: meeting.greeting }] : []));
  const [first] = spoken;
  if (first === undefined) return { finding: 'portal_unknown' };
  const { greeting } = first;
  if (spoken.every((other) => isMasked(other.greeting))) return { finding: 'portal_masked', facts: { greeting } };
  // One server alone, or words that any server may use, tell nothing.
  const alike = spoken.every((other) => greetingShape(other.greeting) === greetingShape(greeting));
  if (spoken.length > 1 && alike && (namesHost(greeting) || spoken.length > 2)) {
    return { finding: 'portal_same_greeting', facts: { greeting, hosts: spoken.map(({ mxHost }) => mxHost) } };
  }
  return spoken.length > 1 || impossible !== null ? { finding: 'portal_none' } : { finding: 'portal_unknown' };
};

async function meetImpossible({ impossibleIp, meet }: PreflightOptions, signal: AbortSignal): Promise<Meeting | null> {
  return impossibleIp === null ? null : meet(impossibleIp, signal);
}

/** A proxy of the user's own may take any connection before it knows: what counts is that somebody speaks there. */
function isThere({ kind }: Meeting): boolean {
  return kind === 'spoke' || kind === 'mute';
}
