// Faults of STARTTLS: rows 34 to 37. Encryption is taken where it works and never the reason for a verdict; only bytes
// pushed in before it begins end the session.
import type { Flag } from '../../../shared/verdict/verdict.ts';
import { selfSignedCertificate } from '../self-signed-certificate.ts';
import type { LabSession } from '../smtp-server.ts';
import type { Fault } from './fault.ts';
import { drawPeople } from './people.ts';
import { DOMAIN, smtpFault, type SeenScenario } from './smtp-scenario.ts';

const TLS_MS = 15_000;
const OFFERED = { tls: 'offered' as const };
const YEAR_MS = 365 * 86_400_000;
const CERTIFICATES = {
  expired: selfSignedCertificate([`mx0.${DOMAIN}`], new Date(Date.now() - YEAR_MS / 2)),
  selfSigned: selfSignedCertificate([`mx0.${DOMAIN}`], new Date(Date.now() + YEAR_MS)),
  ofAnother: selfSignedCertificate(['mx.elsewhere.example'], new Date(Date.now() + YEAR_MS)),
};

export const TLS_FAULTS: readonly Fault[] = [
  smtpFault(34, 'TLS handshake that hangs', (draw) => {
    const hung = new WeakSet<LabSession>();
    return {
      hosts: [
        {
          ehlo: ['PIPELINING', 'STARTTLS'],
          answer: (command, session) => {
            if (command !== 'STARTTLS') return undefined;
            hung.add(session);
            session.write('220 2.0.0 go ahead\r\n');
            // What comes from here on are no commands: it is never looked at, not when the session is over either.
            return new Promise<never>(() => undefined);
          },
        },
      ],
      smtp: OFFERED,
      expected: drawPeople(draw).everybody('accepted'),
      // Two connections: the one that hangs, and the one in plain text.
      deadlines: { dialMs: 2 * TLS_MS },
      inspect: ({ servers }) => (servers[0]?.sessions.filter((session) => hung.has(session)).length === 1 ? [] : ['TLS was not tried once']),
    };
  }),
  smtpFault(35, 'certificate that proves nothing', (draw) => ({
    hosts: [{ certificate: draw.pick([CERTIFICATES.expired, CERTIFICATES.selfSigned, CERTIFICATES.ofAnother]) }],
    smtp: OFFERED,
    faster: 1,
    expected: drawPeople(draw).everybody('accepted'),
    inspect: (seen) => withFlags(seen, ['tls_unverified'], ['tls']),
  })),
  smtpFault(36, 'STARTTLS not offered', (draw) => ({
    hosts: [{}],
    smtp: OFFERED,
    expected: drawPeople(draw).everybody('accepted'),
    inspect: (seen) => withFlags(seen, [], ['tls', 'tls_unverified']),
  })),
  smtpFault(36, 'STARTTLS answered 454', (draw) => ({
    hosts: [{ ehlo: ['PIPELINING', 'STARTTLS'], answer: (command) => (command === 'STARTTLS' ? '454 4.7.0 TLS not available\r\n' : undefined) }],
    smtp: OFFERED,
    expected: drawPeople(draw).everybody('accepted'),
    inspect: (seen) => withFlags(seen, [], ['tls', 'tls_unverified']),
  })),
  smtpFault(37, 'bytes after the 220 to STARTTLS', (draw) => {
    const injected = draw.pick(['250 2.1.5 ok\r\n', '550 5.1.1 no such user\r\n', '25', 'x']);
    return {
      // In one packet: apart they would meet the TLS handshake, which fails by them.
      hosts: [{ cut: (bytes) => [bytes], ehlo: ['PIPELINING', 'STARTTLS'], answer: (command) => (command === 'STARTTLS' ? `220 2.0.0 go ahead\r\n${injected}` : undefined) }],
      smtp: OFFERED,
      expected: drawPeople(draw).everybody('protocol_error'),
      inspect: ({ servers }) => (servers[0]?.commands().some((command) => command.startsWith('MAIL')) === true ? ['went on after an injection'] : []),
    };
  }),
];

function withFlags({ run }: SeenScenario, wanted: readonly Flag[], unwanted: readonly Flag[]): string[] {
  const verdicts = run.store.batches.flatMap((batch) => batch.verdicts);
  const wrong = verdicts.filter(({ flags }) => wanted.some((flag) => !flags.includes(flag)) || unwanted.some((flag) => flags.includes(flag)));
  return wrong.map(({ flags }) => `encryption is recorded as ${flags.join(' ')}`);
}
