// What the DNS stage answers. Each state is told apart, because a verdict hangs on it: only a certain answer
// (`domain_not_found`, `no_mail_server`, `null_mx`, `unroutable_mx`) may ever make an address undeliverable.

export interface MxAddress {
  readonly ip: string;
  readonly family: 4 | 6;
}

export interface MxHost {
  /** Lower-case name without a trailing dot. */
  readonly name: string;
  readonly preference: number;
  /** Addresses that may be dialled under this run's target policy; empty if none. */
  readonly addresses: readonly MxAddress[];
}

/** The answer for one domain. */
export type MxLookup =
  | {
      readonly kind: 'hosts';
      /** By preference, equals shuffled; at least one has an address. At most 5 addresses in all (faults row 46). */
      readonly hosts: readonly MxHost[];
      /** True where there is no MX and the domain's own A/AAAA is used (RFC 5321 5.1). */
      readonly implicit: boolean;
      /** Set where one of the hosts is named by an alias (CNAME), which RFC 2181 10.3 forbids and senders follow all the same
       *  (faults row 42). */
      readonly aliased?: true;
    }
  /** NXDOMAIN, confirmed by a second query. */
  | { readonly kind: 'domain_not_found' }
  /** NOERROR with no MX, no A and no AAAA. */
  | { readonly kind: 'no_mail_server' }
  /** RFC 7505. */
  | { readonly kind: 'null_mx' }
  /** Every MX is an IP literal or resolves only to loopback, unspecified or nothing routable for certain. */
  | { readonly kind: 'unroutable_mx' }
  /** Every address is private or reserved and so never dialled (may be split-horizon DNS). */
  | { readonly kind: 'blocked_target'; readonly detail: string }
  /** No certain answer: time-out, SERVFAIL, lame, garbage, CNAME loop, MX hosts that could not be resolved just now. */
  | { readonly kind: 'dns_temporary'; readonly detail: string };

export interface MxResolver {
  /** Never rejects for anything that a server or the network does. `domain` is a lower-case A-label. */
  lookup(domain: string): Promise<MxLookup>;
  /** As `lookup`, from memory alone and at once; null where memory does not know enough. */
  lookupNow(domain: string): MxLookup | null;
  /** Looks these domains up before they are needed, a few at a time; resolves when all have ended. Never rejects. */
  warmUp(domains: readonly string[]): Promise<void>;
  close(): void;
}

export interface DnsServer {
  readonly host: string;
  readonly port: number;
}
