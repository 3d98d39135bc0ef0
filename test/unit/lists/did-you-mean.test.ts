// Precision before recall: every typo here must be mended to exactly this, and every real domain must stay.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainMeant, suggestMended } from '../../../shared/lists/did-you-mean.ts';
import { freeDomains } from '../../../shared/lists/free-domains.ts';
import { MAJORS } from '../../../shared/lists/mailbox-majors.ts';
import { slipsOf } from '../../../shared/lists/slips-of.ts';

/** What was meant → how it was typed. */
const TYPOS: Readonly<Record<string, string>> = {
  'gmail.com': `gmial.com gamil.com gmai.com gmaill.com gmsil.com gmail.co gmail.cm gmail.om gmail.con gmail.cmo gmail.ocm gmail.comm
    gmail.coom gmail.cim gmail.vom gmail.xom gmail.cpm gmail.c gmailc.om gnail.com gmaul.com gmaol.com gmqil.com gmaiol.com gmaiul.com
    ggmail.com gmmail.com gmaail.com gmaiil.com gmali.com gimail.com gemail.com gmai.co gmaik.com gmakl.com
    gmailcom gmail gmail.com.com gmailcom.com gmaii.com gmaio.com gjmail.com gmzil.com gmial.con`,
  'googlemail.com': 'googlmail.com googelmail.com gogglemail.com googlemail.co googlemial.com goglemail.com googlemai.com googlemail.con googlemailcom',
  'hotmail.com': `hotmial.com hotmai.com hotmail.co hotmail.cm hotmail.con hotmaill.com hotmal.com hotmil.com hotamil.com homtail.com htomail.com
    hotamail.com hotmaol.com hotmaul.com hormail.com hotmsil.com hotmaiil.com hotmqil.com hoymail.com hotmali.com hotail.com
    hhotmail.com hotmmail.com hottmail.com hotmailcom hotmail.comm hotmai.co hptmail.com`,
  'hotmail.fr': 'hotmal.fr hotmial.fr hotmai.fr hotmaill.fr hotmailfr',
  'hotmail.co.uk': 'hotmial.co.uk hotmal.co.uk hotmail.cou.k hotmail.com.uk hotmailcouk hotmail.co.ukk',
  'hotmail.it': 'hotmal.it homail.it hotamil.it',
  'hotmail.de': 'hotmial.de hotmai.de',
  'outlook.com': `outlok.com outllok.com outlokk.com outlookk.com oultook.com outloook.com outlool.com outloko.com outlook.con outlook.cm outlook.comm
    otulook.com outloo.com outlookcom outlook.cmo ourlook.com`,
  'outlook.fr': 'outlok.fr oulook.fr',
  'yahoo.com': 'yahooo.com yhaoo.com yaooh.com yahou.com yahoo.co yahoo.cm yahoo.con yahoo.comm yaahoo.com yajoo.com yahio.com yhoo.com yahho.com yahop.com yahoocom',
  'yahoo.co.uk': 'yhaoo.co.uk yahooo.co.uk yaho.co.uk yahoo.com.uk yahoo.cou.k yahoo.couk',
  'yahoo.fr': 'yahooo.fr yhaoo.fr yaoo.fr',
  'yahoo.com.br': 'yahooo.com.br yhaoo.com.br yahoo.combr',
  'yahoo.co.in': 'yahooo.co.in yhaoo.co.in',
  'icloud.com': 'iclod.com icluod.com iclould.com icoud.com iclou.com icloud.con icloud.co icloud.cm iclooud.com icloudcom icloude.com',
  'aol.com': 'aol.co aol.con aol.cmo aol.comm',
  'live.com': 'live.co live.con live.cmo',
  'msn.com': 'msn.con msn.cmo',
  'me.com': 'me.con',
  'protonmail.com': 'protonmial.com protnmail.com protonmal.com protonmail.con prtonmail.com',
  'comcast.net': 'comast.net comcst.net comcast.ner comcast.nte concast.net comcastt.net comacst.net comcast.et',
  'verizon.net': 'verizn.net verzion.net verison.net verizon.nte verizom.net',
  'sbcglobal.net': 'sbcgloba.net sbcglobl.net sbcglobal.com sbcgobal.net sbcgloble.net',
  'bellsouth.net': 'belsouth.net bellsoth.net bellsouth.nte',
  'btinternet.com': 'btinternt.com btinterent.com btinernet.com btinternet.con',
  'rediffmail.com': 'redifmail.com rediffmial.com rediffmail.con',
  'web.de': 'web.d web.dde',
  'gmx.de': 'gmx.d',
  't-online.de': 'tonline.de t-onlie.de t-onlien.de t-onlne.de',
  'wanadoo.fr': 'wandoo.fr wanadou.fr wanadooo.fr',
  'laposte.net': 'lapste.net laposte.ner laposte.nte',
  'libero.it': 'libeero.it libreo.it',
  'virgilio.it': 'virglio.it virgillio.it',
  'earthlink.net': 'earthlnk.net eartlink.net earthlink.nte',
  'india.com': 'india.con',
};

/** Somebody's own, or at least not certainly a slip. */
const REAL = `email.com qmail.com ymail.com mail.com gmx.de gmx.com gmx.net web.de me.com live.com love.com gail.com gmal.com gmil.com
  hotmail.fr hotmail.co.uk yahoo.de outlook.de aol.de inbox.com fmail.com hmail.com mymail.com gmail-corp.de outlook-it.com cloud.com
  yahoo-inc.de look.com ao.com outlook.co yaho.com hotmall.com libro.it liber.it sezam.cz telnet.be skybet.com freebet.de ramble.ru
  mail.ru bk.ru list.ru ya.ru qq.com 163.com 126.com sina.com sohu.com naver.com never.com nave.com daum.net hanmail.net wp.pl o2.pl
  orange.fr orage.fr orange.com free.fr sfr.fr alice.it alica.it tin.it tim.it planet.nl plane.nl home.nl planet.com terra.com.br tera.com
  globo.com glob.com uol.com.br bol.com.br bell.net bell.ca bel.com rogers.com roger.com shaw.ca show.ca telus.net posteo.de poste.de poste.it
  mailbox.org mailbox.com proton.me photon.me tuta.com tuta.io tutor.com fastmail.com fastmail.fm pm.me pm.com hey.com hay.com duck.com
  verizon.com comcast.com att.com att.net at.net cox.net cox.com box.net charter.net charter.com chart.net sky.com ski.com aim.com aid.com
  msn.com mac.com max.com icloud.com cloud.net loud.com google.com gmail.de goggle.com yahoo.net yahoo.jp yahoo.co.jp
  bing.com apple.com amazon.com amazon.de microsoft.com outlook.fr outlook.es outlook.it outlook.pt live.de live.nl live.cn life.com line.com
  hot.com hotel.com hotels.com hotmart.com hotjar.com email.cz email.it email.de seznam.cz centrum.cz post.cz volny.cz atlas.cz zoznam.sk
  interia.pl interia.eu onet.pl one.pl op.pl gazeta.pl gazeta.com tlen.pl freemail.hu freemail.de citromail.hu abv.bg mail.bg walla.co.il
  bluewin.ch blue.ch hispeed.ch telenet.be skynet.be skynet.com sky.net proximus.be ziggo.nl xs4all.nl kpnmail.nl upcmail.nl chello.nl cello.nl
  optonline.net optimum.net optimum.com optimus.com prodigy.net prodigy.com juno.com junio.com frontier.com frontier.net windstream.net
  bigpond.com bigpond.net.au optusnet.com.au optus.com.au xtra.co.nz extra.co.nz rediff.com rediffmail.com indiatimes.com sify.com
  gmailer.com gmailing.net mailgun.com mailchimp.com hotmailer.com yahoogroups.com zoho.com zoho.eu soho.com yandex.ru yandex.com rambler.ru
  lycos.com excite.com netscape.net compuserve.com usa.net usa.com dr.com ik.me acme.com acme.con university.edu nhs.net nhs.uk gov.uk
  bund.de berlin.de spiegel.de bahn.de otto.de tonne.de online.de on-line.de t-mobile.de t-systems.com arcor.de ancor.de freenet.de freenet.com
  gmail.com.evil.net mail.gmail.com.example.org yahoo.com.bt hotmail.com.at hotmail.at hotmail.cat libero.ir telenet.bw seznam.cx live.co.uk aol.co.uk x.com`;

const words = (text: string) => text.split(/\s+/);
const typos = Object.entries(TYPOS).flatMap(([meant, typed]) => words(typed).map((domain) => [domain, meant] as const));
const real = words(REAL);

describe('domainMeant', () => {
  it('is tried on enough of both', () => {
    expect(new Set(typos.map(([domain]) => domain)).size).toBeGreaterThanOrEqual(150);
    expect(new Set(real).size).toBeGreaterThanOrEqual(150);
  });

  it.each(typos)('%s: %s was meant', (domain, meant) => {
    expect(domainMeant(domain)).toBe(meant);
  });

  it.each(real)('%s is left alone', (domain) => {
    expect(domainMeant(domain)).toBeNull();
  });

  it('mends no free provider and mends only to free providers', () => {
    for (const domain of freeDomains()) expect(domainMeant(domain)).toBeNull();
    const endings = fc.constantFrom('com', 'net', 'co', 'con', 'de', 'fr', 'co.uk', 'd', 'com.br', 'it', '', 'ocm');
    const names = fc.constantFrom(...MAJORS).chain((name) => fc.constantFrom(name, ...slipsOf(name)));
    fc.assert(
      fc.property(names, endings, (name, ending) => {
        const meant = domainMeant(`${name}.${ending}`);
        expect(meant === null || (freeDomains().has(meant) && meant !== `${name}.${ending}`)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws and never answers with what it was asked', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('g', 'm', 'a', 'i', 'l', '.', 'c', 'o', '@', '-', '_proto_') }), (text) => domainMeant(text) !== text));
    expect(['__proto__', 'constructor', 'toString.com', '', '.', '..', 'gmail.'].map(domainMeant)).toEqual([null, null, null, null, null, null, null]);
  });
});

describe('suggestMended', () => {
  it.each([
    ['jane@gmail.con', 'jane@gmail.com'],
    ['jane@gmail,com', 'jane@gmail.com'],
    ['jane@gmail..com', 'jane@gmail.com'],
    ['jane@gmail.com.', 'jane@gmail.com'],
    ['jane@ gmail.com', 'jane@gmail.com'],
    ['jane@GMAIL.CON', 'jane@gmail.com'],
    ['jane@gmailcom', 'jane@gmail.com'],
    ['jane@gmail', 'jane@gmail.com'],
    ['jane@web,de', 'jane@web.de'],
    ['jane@yahoo.co,uk', 'jane@yahoo.co.uk'],
  ])('%s: %s', (text, meant) => {
    expect(suggestMended(text)).toBe(meant);
  });

  it.each(['jane@acme,com', 'jane doe@gmail.con', 'jane@x@gmail.con', 'jane@gmail.com', '.jane@gmail.con', 'jane@hotmail', 'jane', '@gmail.con', `${'a'.repeat(300)}@gmail.con`])(
    '%s: nothing',
    (text) => {
      expect(suggestMended(text)).toBeNull();
    },
  );

  it('suggests nothing that is no address', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.constantFrom('gmail.con', 'gmail,com', ' gmail.com', 'hotmial.com'), (local, domain) => {
        const meant = suggestMended(`${local}@${domain}`);
        expect(meant === null || /^[^@\s].*@(?:gmail|hotmail)\.com$/u.test(meant)).toBe(true);
      }),
    );
  });
});
