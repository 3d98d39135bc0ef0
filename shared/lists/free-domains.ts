// Well-known mailbox providers where private people have their address (free, or part of an access contract): a
// snapshot kept here, because the packages that hold such lists fetch them at install time. Compiled by hand.
// Domains in lower case. A company's own domain hosted at Google or Microsoft is never in here.

const BY_PROVIDER: Readonly<Record<string, string>> = {
  google: 'gmail.com googlemail.com',
  microsoft: `hotmail.com outlook.com live.com msn.com passport.com windowslive.com
    hotmail.be hotmail.ca hotmail.ch hotmail.cl hotmail.co.id hotmail.co.il hotmail.co.jp hotmail.co.kr hotmail.co.nz
    hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.tr hotmail.com.mx
    hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr hotmail.hu hotmail.it hotmail.nl hotmail.no
    hotmail.my hotmail.ph hotmail.rs hotmail.se hotmail.sg
    live.at live.be live.ca live.ch live.cl live.cn live.co.kr live.co.uk live.co.za live.com.ar live.com.au live.com.mx
    live.com.my live.com.pt live.com.sg live.de live.dk live.fi live.fr live.hk live.ie live.in live.it live.jp live.nl
    live.no live.ru live.se
    outlook.at outlook.be outlook.bg outlook.cl outlook.co.id outlook.co.il outlook.co.nz outlook.co.th outlook.com.ar
    outlook.com.au outlook.com.br outlook.com.gr outlook.com.pe outlook.com.tr outlook.com.vn outlook.cz outlook.de
    outlook.dk outlook.es outlook.fr outlook.hu outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv
    outlook.my outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk`,
  yahoo: `yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com netscape.net verizon.net aol.co.uk aol.de aol.fr
    aol.it yahoo.at yahoo.be yahoo.ca yahoo.ch yahoo.cl yahoo.cn yahoo.co.id yahoo.co.il yahoo.co.in yahoo.co.jp
    yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn
    yahoo.com.co yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn
    yahoo.cz yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no
    yahoo.pl yahoo.pt yahoo.ro yahoo.ru yahoo.se`,
  apple: 'icloud.com me.com mac.com',
  proton: 'proton.me protonmail.com protonmail.ch pm.me',
  tuta: 'tuta.com tutanota.com tutanota.de tutamail.com tuta.io keemail.me',
  oneAndOne: `gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it gmx.info gmx.eu gmx.org gmx.biz
    gmx.tm caramail.com web.de mail.com email.com usa.com myself.com consultant.com post.com europe.com asia.com iname.com
    writeme.com dr.com engineer.com cheerful.com accountant.com techie.com mail.org`,
  germany: `t-online.de magenta.de freenet.de arcor.de online.de 1und1.de vodafone.de vodafonemail.de email.de
    kabelmail.de unitybox.de alice.de alice-dsl.net o2mail.de o2online.de posteo.de posteo.net mailbox.org mail.de
    ok.de emailn.de firemail.de ewe.net ewetel.net netcologne.de osnanet.de versanet.de`,
  austriaSwitzerland: 'aon.at chello.at a1.net liwest.at bluewin.ch sunrise.ch hispeed.ch swissonline.ch',
  france: `orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr
    cegetel.net voila.fr noos.fr`,
  benelux: `telenet.be skynet.be proximus.be scarlet.be ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl hetnet.nl
    xs4all.nl upcmail.nl casema.nl chello.nl zonnet.nl quicknet.nl solcon.nl pt.lu`,
  italy: `libero.it virgilio.it alice.it tin.it tim.it tiscali.it inwind.it iol.it blu.it email.it fastwebnet.it
    poste.it vodafone.it`,
  iberia: 'terra.es telefonica.net ono.com wanadoo.es movistar.es sapo.pt iol.pt clix.pt netcabo.pt mail.telepac.pt',
  latinAmerica: `terra.com.br uol.com.br bol.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br
    prodigy.net.mx fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar vtr.net`,
  britainIreland: `btinternet.com btopenworld.com talktalk.net tiscali.co.uk sky.com virginmedia.com ntlworld.com
    blueyonder.co.uk virgin.net plusnet.com freeserve.co.uk o2.co.uk eircom.net`,
  nordic: `online.no telia.com bredband.net comhem.se spray.se home.se tele2.se mail.dk tdcadsl.dk stofanet.dk
    luukku.com kolumbus.fi elisanet.fi suomi24.fi saunalahti.fi pp.inet.fi simnet.is`,
  centralEurope: `seznam.cz email.cz post.cz centrum.cz atlas.cz volny.cz azet.sk zoznam.sk centrum.sk post.sk
    wp.pl o2.pl onet.pl op.pl onet.eu poczta.onet.pl vp.pl interia.pl interia.eu gazeta.pl tlen.pl poczta.fm go2.pl
    freemail.hu citromail.hu t-online.hu indamail.hu abv.bg mail.bg dir.bg siol.net net.hr inbox.lv inbox.lt one.lt mail.ee
    hot.ee otenet.gr forthnet.gr`,
  russiaUkraine: `mail.ru bk.ru list.ru inbox.ru internet.ru xmail.ru yandex.ru yandex.com yandex.ua yandex.by yandex.kz ya.ru
    narod.ru rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru ukr.net i.ua meta.ua bigmir.net tut.by`,
  northAmerica: `comcast.net xfinity.com att.net sbcglobal.net bellsouth.net pacbell.net ameritech.net swbell.net flash.net
    cox.net charter.net spectrum.net earthlink.net mindspring.com optonline.net optimum.net juno.com netzero.net
    windstream.net frontier.com frontiernet.net centurylink.net centurytel.net embarqmail.com q.com roadrunner.com
    twc.com suddenlink.net rogers.com shaw.ca telus.net sympatico.ca bell.net videotron.ca cogeco.ca eastlink.ca`,
  asiaPacific: `qq.com foxmail.com 163.com 126.com yeah.net 188.com vip.163.com sina.com sina.cn sohu.com 139.com 189.cn
    aliyun.com 21cn.com tom.com wo.cn naver.com hanmail.net daum.net kakao.com nate.com rediffmail.com rediff.com
    indiatimes.com sify.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp
    ybb.ne.jp ocn.ne.jp excite.co.jp goo.jp pchome.com.tw seed.net.tw hinet.net netvigator.com bigpond.com
    bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au westnet.com.au xtra.co.nz walla.com walla.co.il
    netvision.net.il mynet.com`,
  worldwide: `zoho.com zohomail.com zohomail.eu zoho.eu zohomail.in fastmail.com fastmail.fm hushmail.com hush.com
    mailfence.com runbox.com startmail.com disroot.org riseup.net lycos.com excite.com inbox.com mail2world.com
    lavabit.com vivaldi.net opayq.com duck.com hey.com skiff.com aruba.it cock.li`,
};

let all: ReadonlySet<string> | null = null;

/** True for the domain of a free mailbox provider. `domain` is in lower-case A-labels. */
export function isFreeDomain(domain: string): boolean {
  all ??= new Set(Object.values(BY_PROVIDER).flatMap((names) => names.split(/\s+/)));
  return all.has(domain);
}
