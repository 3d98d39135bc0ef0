// One greeted connection to a target: the target policy, whether TLS is used, and the one way back to plain text.
// At most two connections are dialled. Never dials an IP that the run's target policy does not allow, nor asks a proxy to.
// Where a proxy is set there is no other way: one that cannot be read fails as one that cannot be reached.
import { parseProxyUrl } from '../../../shared/net/proxy-url.ts';
import type { Settings } from '../../../shared/settings/schema.ts';
import type { Clock } from '../clock.ts';
import { failure } from './failure.ts';
import { handshake } from './handshake.ts';
import type { HostMemory } from './host-memory.ts';
import type { Link } from './link.ts';
import { localAddressFor } from './local-address.ts';
import type { SocketRegistry } from './socket-registry.ts';
import type { SmtpFailure, SmtpTarget } from './types.ts';

export interface ConnectContext {
  readonly settings: Settings['smtp'];
  readonly heloName: string;
  readonly clock: Clock;
  /** Whether this run may dial that IP; asked right before it is dialled. */
  readonly isAllowed: (ip: string) => boolean;
  readonly memory: HostMemory;
  readonly sockets: SocketRegistry;
}

export type LinkResult = { readonly ok: true; readonly link: Link } | { readonly ok: false; readonly failure: SmtpFailure };

export async function connectLink(context: ConnectContext, target: SmtpTarget, signal: AbortSignal): Promise<LinkResult> {
  const facts = context.memory.of(target);
  const useTls = !facts.tlsBroken && (context.settings.tls === 'offered' || facts.demandsTls);
  const first = await dial(context, target, useTls, signal);
  // It demanded TLS and then did not give it: asking again on every connection would get nowhere.
  if (first.ok && facts.demandsTls && first.link.tls === 'none') context.memory.learn(target, { tlsBroken: true });
  if (first.ok || !first.tlsFailed || signal.aborted) return first;
  // Faults row 34: one reconnect in plain text.
  context.memory.learn(target, { tlsBroken: true });
  return dial(context, target, false, signal);
}

async function dial(context: ConnectContext, target: SmtpTarget, useTls: boolean, signal: AbortSignal) {
  const { settings } = context;
  if (signal.aborted) return { ok: false as const, failure: failure('PoolClosed', 'CONNECT', 'the pool was closed'), tlsFailed: false };
  if (!context.isAllowed(target.ip)) {
    return { ok: false as const, failure: failure('BlockedTarget', 'CONNECT', `${target.ip} is not dialled by this run`), tlsFailed: false };
  }
  const proxy = settings.proxy === '' ? null : parseProxyUrl(settings.proxy);
  if (proxy === null && settings.proxy !== '') {
    return { ok: false as const, failure: failure('ConnectFailed', 'CONNECT', 'the proxy of the settings is none'), tlsFailed: false };
  }
  return handshake({
    target,
    heloName: context.heloName,
    localAddress: localAddressFor(settings, proxy?.host ?? target.ip),
    proxy,
    useTls,
    connectTimeoutMs: settings.connectTimeoutMs,
    greetingTimeoutMs: settings.greetingTimeoutMs,
    commandTimeoutMs: settings.commandTimeoutMs,
    clock: context.clock,
    sockets: context.sockets,
    signal,
  });
}
