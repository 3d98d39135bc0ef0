// What a failed connect says: whether it counts against the host, and whether trying again in a moment makes sense.
// Pure. Whatever a server said in words is an answer: it is never tried again here, the schedule of the run decides that.
import { assertNever } from '../../../shared/errors.ts';
import type { SmtpFailure } from './types.ts';

/** No route, no such local address: it fails alike until somebody changes the network. Node names them by errno. */
const STAYS = /\b(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)\b/;

/** True where the host failed us: it counts for its circuit breaker. */
export function isOfHost(failure: SmtpFailure): boolean {
  switch (failure.code) {
    case 'ConnectFailed':
    case 'ConnectTimeout':
    case 'SessionRefused':
    case 'SessionClosed':
    case 'Timeout':
    case 'Dropped':
    case 'ProtocolError':
      return true;
    case 'BlockedTarget':
    case 'LocalFailure':
    case 'HealthCheckFailed':
    case 'BreakerOpen':
    case 'PoolExhausted':
    case 'PoolClosed':
      return false;
    default:
      return assertNever(failure.code, 'SMTP failure');
  }
}

/** True where the next try may succeed within seconds. A time-out was a long wait with the kernel's own retries in it. */
export function mayPassSoon(failure: SmtpFailure): boolean {
  if (failure.reply !== null) return false;
  if (failure.code === 'LocalFailure' || failure.code === 'Dropped') return true;
  return failure.code === 'ConnectFailed' && !STAYS.test(failure.detail);
}
