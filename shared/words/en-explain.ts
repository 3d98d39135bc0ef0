// The sentences of which an explanation of one verdict is made, in English. Each says only what the evidence says;
// what it means and what to do by reason stands in en-reasons. Nothing here blames an address: what a server refused
// before it was asked about the address is told as said of us.
import type { Reason } from '../verdict/verdict.ts';

/** What DNS, or this machine, found; by reason. For every other reason of that kind there is `otherwise`. */
const found: Readonly<Partial<Record<Reason, (domain: string) => string>>> = {
  domain_not_found: (domain) => `It answered twice that there is no domain ${domain}.`,
  no_mail_server: (domain) => `It knows ${domain}, but names no mail server for it and no address either.`,
  null_mx: (domain) => `The owner of ${domain} says there that the domain takes no mail at all.`,
  unroutable_mx: (domain) => `It names mail servers for ${domain} that nobody on the internet can reach.`,
  dns_temporary: (domain) => `It gave no certain answer about ${domain}.`,
  blocked_target: (domain) => `The mail servers of ${domain} have addresses in a private network, which Winnow does not dial.`,
};

export const enExplain = {
  asked: {
    syntax: 'Nobody was asked: the address itself was read.',
    dns: (domain: string) => `DNS, the internet’s directory of domains, was asked which servers take mail for ${domain}.`,
    local: (server: string, address: string) => `${server} was to be asked about ${address}.`,
    reused: (server: string, address: string) => `Nobody was asked for this list: ${server} was asked about ${address} for another list not long ago.`,
    unreached: (server: string, address: string) => `Winnow tried to reach ${server}, to ask whether it takes mail for ${address}.`,
    session: (server: string, address: string) => `${server} was reached, to ask whether it takes mail for ${address}.`,
    recipient: (server: string, address: string) => `${server} was asked whether it takes mail for ${address}.`,
    random: 'For comparison it was asked about an address that cannot exist.',
    randomElsewhere: (server: string) => `For comparison ${server} was asked about an address that cannot exist.`,
    /** `attempt` is 2 or more. */
    attempt: (attempt: string) => `This was attempt ${attempt}.`,
  },
  server: {
    /** Where no evidence names it. */
    unnamed: (domain: string) => `the mail server of ${domain}`,
    named: (host: string, ip: string) => `the mail server ${host}${ip === '' ? '' : ` [${ip}]`}`,
    provider: (server: string, provider: string) => `${server}, run by ${provider},`,
    gateway: (server: string, gateway: string) => `${server}, where ${gateway} filters mail on behalf of the domain,`,
  },
  answered: {
    fault: (fault: string) => `The rules for addresses do not allow it: ${fault}`,
    faultAt: (position: string) => `See character ${position}.`,
    found,
    otherwise: (detail: string) => `It was not asked: ${detail}.`,
    detail: (detail: string) => `In detail: ${detail}.`,
    quote: (quote: string) => `It answered: “${quote}”.`,
    sessionQuote: (quote: string) => `The conversation ended before an answer about this address. The server said: “${quote}”.`,
    reused: (quote: string) => `Its answer then was “${quote}”; its words were not kept.`,
    unreached: 'No connection could be opened.',
    timeout: 'No answer came in time.',
    dropped: 'It closed the connection before it had answered.',
    protocol: 'Its answers could not be matched to the question for certain, so none was believed.',
    silence: 'No answer about this address came.',
    randomQuote: (quote: string) => `About the address that cannot exist it answered: “${quote}”.`,
    randomQuoteElsewhere: (quote: string) => `About the address that cannot exist, that other server answered: “${quote}”.`,
    noRandom: 'About an address that cannot exist there is no answer to compare with.',
    laterSilence: 'When it was asked again later, less was heard than this, so this stands.',
  },
  means: {
    gateway: (gateway: string) => `The answer is that of ${gateway}, which stands before the mailbox’s own server.`,
    otherServer: 'One server of the domain refused what cannot exist, but another one said yes here. It may be a stand-in that says yes to all.',
    stillOpen: 'This is not the last word: the address is asked about again.',
  },
  advice: {
    safe: 'Safe to send.',
    didYouMean: (suggestion: string) => `Was ${suggestion} meant? Compare before you remove it.`,
    didYouMeanRisky: (suggestion: string) => `Was ${suggestion} meant? Ask the person if you can.`,
    again: (time: string) => `Nothing to do now: it is asked again by itself at ${time}. Keep the address until then.`,
    askedEnough: (attempts: string) => `It was asked ${attempts} times and is not asked again in this run.`,
    keep: 'Keep the address, and verify the list again tomorrow.',
  },
};
