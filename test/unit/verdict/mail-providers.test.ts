import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIL_FLAG_NAMES, MAIL_FLAGS, MAIL_PROVIDERS, mailFlagOf, mailProviderOf, providerOfFlag } from '../../../shared/verdict/mail-providers.ts';
import { FLAGS } from '../../../shared/verdict/verdict.ts';

/** MX names as they are seen in DNS; the last column is the flag. */
const SEEN: readonly (readonly [string, string])[] = [
  ['aspmx.l.google.com', 'provider:google'],
  ['aspmx3.googlemail.com', 'provider:google'],
  ['smtp.google.com', 'provider:google'],
  ['outlook-com.olc.protection.outlook.com', 'provider:microsoft-consumer'],
  ['contoso-com.mail.protection.outlook.com', 'provider:microsoft-365'],
  ['contoso-com.k-v1.mx.microsoft', 'provider:microsoft-365'],
  ['contoso-us.mail.protection.office365.us', 'provider:microsoft-365'],
  ['mta5.am0.yahoodns.net', 'provider:yahoo'],
  ['mx01.mail.icloud.com', 'provider:icloud'],
  ['mxs.mail.ru', 'provider:mailru'],
  ['emx.mail.ru', 'provider:mailru'],
  ['mx.yandex.net', 'provider:yandex'],
  ['mx.yandex.ru', 'provider:yandex'],
  ['mx2.zoho.com', 'provider:zoho'],
  ['mx.zoho.eu', 'provider:zoho'],
  ['in1-smtp.messagingengine.com', 'provider:fastmail'],
  ['mail.protonmail.ch', 'provider:proton'],
  ['mailsec.protonmail.ch', 'provider:proton'],
  ['mx00.emig.gmx.net', 'provider:gmx'],
  ['mx-ha02.web.de', 'provider:gmx'],
  ['mx00.mail.com', 'provider:gmx'],
  ['mx00.ionos.de', 'provider:ionos'],
  ['mx01.kundenserver.de', 'provider:ionos'],
  ['mx1.mail.ovh.net', 'provider:ovh'],
  ['mx3.ovh.net', 'provider:ovh'],
  ['mx3.qq.com', 'provider:qq'],
  ['mxbiz1.qq.com', 'provider:qq'],
  ['163mx01.mxmail.netease.com', 'provider:netease'],
  ['mxn.mxhichina.com', 'provider:aliyun'],
  ['mx1.naver.com', 'provider:naver'],
  ['mx00.t-online.de', 'provider:t-online'],
  ['smtp-in.orange.fr', 'provider:orange'],
  ['smtpz4.laposte.net', 'provider:laposte'],
  ['mx1.comcast.net', 'provider:comcast'],
  ['mx1.seznam.cz', 'provider:seznam'],
  ['mx1.emailsrvr.com', 'provider:rackspace'],
  ['smtp.secureserver.net', 'provider:godaddy'],
  ['inbound-smtp.eu-west-1.amazonaws.com', 'provider:amazon'],
  ['spool.mail.gandi.net', 'provider:gandi'],
  ['aspmx1.migadu.com', 'provider:migadu'],
  ['mxext1.mailbox.org', 'provider:mailbox-org'],
  ['eu-smtp-inbound-1.mimecast.com', 'gateway:mimecast'],
  ['mxa-00909a01.gslb.pphosted.com', 'gateway:proofpoint'],
  ['mx1-us1.ppe-hosted.com', 'gateway:proofpoint'],
  ['d312104a.ess.barracudanetworks.com', 'gateway:barracuda'],
  ['d1.ess.uk.barracudanetworks.com', 'gateway:barracuda'],
  ['contoso.in.tmes.trendmicro.com', 'gateway:trendmicro'],
  ['in.hes.trendmicro.eu', 'gateway:trendmicro'],
  ['cluster1.us.messagelabs.com', 'gateway:symantec'],
  ['mx1.hc123-45.eu.iphmx.com', 'gateway:cisco'],
  ['mx-01-us-west-2.prod.hydra.sophos.com', 'gateway:sophos'],
  ['cust41036-1.in.mailcontrol.com', 'gateway:forcepoint'],
  ['mx.spamexperts.com', 'gateway:spamexperts'],
  ['mx1.mtaroutes.com', 'gateway:spamexperts'],
  ['mx01.hornetsecurity.com', 'gateway:hornetsecurity'],
  ['mx23a.antispameurope.com', 'gateway:hornetsecurity'],
  ['mx01.eu.retarus.com', 'gateway:retarus'],
  ['primary.us.email.fireeyecloud.com', 'gateway:trellix'],
  ['contoso.com.mail1.mxlogic.net', 'gateway:trellix'],
  ['mail-1.fortimailcloud.com', 'gateway:fortimail'],
  ['route1.mx.cloudflare.net', 'gateway:cloudflare'],
  ['mailstream-east.mxrecord.io', 'gateway:cloudflare'],
  ['mailstream-central.mxrecord.mx', 'gateway:cloudflare'],
  ['inbound.topsec.com', 'gateway:topsec'],
  ['contoso.inbound.emailservice.io', 'gateway:mailprotector'],
  ['mx1.contoso.vadesecure.com', 'gateway:vade'],
  ['cloud15.spamtitan.com', 'gateway:spamtitan'],
  ['server90.appriver.com', 'gateway:appriver'],
  ['mail.mailroute.net', 'gateway:mailroute'],
  ['contoso.us.cloud-sec-av.com', 'gateway:check-point'],
];

describe('mailProviderOf', () => {
  it.each(SEEN)('%s is %s', (mxHost, flag) => {
    const provider = mailProviderOf(mxHost);
    expect(provider === null ? null : `${provider.kind}:${provider.id}`).toBe(flag);
  });

  it('has seen a name of every provider', () => {
    expect([...new Set(SEEN.map(([, flag]) => flag))].sort()).toEqual([...MAIL_FLAGS].sort());
  });

  it('matches one provider at most', () => {
    for (const [mxHost] of SEEN) expect(MAIL_PROVIDERS.filter(({ mxPattern }) => mxPattern.test(mxHost)), mxHost).toHaveLength(1);
  });

  it('is fooled by no name that only begins like a provider\'s, or ends in the middle of a label', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEEN), fc.constantFrom('.evil.test', 'x', '-x.test', '.com.test'), ([mxHost], tail) => {
        expect(mailProviderOf(mxHost + tail)).toBeNull();
      }),
    );
    for (const name of ['notgoogle.com', 'evilmessagelabs.com', 'vps-1a2b.vps.ovh.net', 'ip-1-2-3-4.ip.secureserver.net', 'mymx.qq.com.test', 'xprotonmail.ch', '']) {
      expect(mailProviderOf(name), name).toBeNull();
    }
  });
});

describe('the flags of mail providers', () => {
  it('are flags like all others, each with a name and a source, and lead back to their provider', () => {
    expect(new Set(MAIL_FLAGS).size).toBe(MAIL_PROVIDERS.length);
    for (const provider of MAIL_PROVIDERS) {
      const flag = mailFlagOf(provider);
      expect(FLAGS).toContain(flag);
      expect(flag).toMatch(/^(?:provider|gateway):[a-z0-9-]+$/);
      expect(providerOfFlag(flag)).toBe(provider);
      expect(MAIL_FLAG_NAMES[flag]).toBe(provider.name);
      expect(provider.source).not.toBe('');
    }
    expect(providerOfFlag('role')).toBeNull();
    expect(new Set(FLAGS).size).toBe(FLAGS.length);
  });
});
