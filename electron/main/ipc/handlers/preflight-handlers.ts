// The preflight, when the window wants its result.
import type { PreflightHost } from '../../preflight-host.ts';
import type { Handlers } from '../dispatch.ts';

export function preflightHandlers(preflight: Pick<PreflightHost, 'check'>): Pick<Handlers, 'preflight.check'> {
  return { 'preflight.check': (wanted) => preflight.check(wanted) };
}
