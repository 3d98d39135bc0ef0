// How lists name their address column, in the languages of the people who keep them: whole names with blanks,
// hyphens, accents and case taken away, and parts of names for the rest. Data only.

/** A header without case, accents, blanks and punctuation. */
export function plainName(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** As `plainName` gives them. */
export const ADDRESS_NAMES: ReadonlySet<string> = new Set(
  [
    // English and what systems export
    'email', 'emailaddress', 'emailaddresses', 'emails', 'emailid', 'mail', 'mailaddress', 'eaddress', 'emailaddr', 'address',
    'contactemail', 'useremail', 'customeremail', 'primaryemail', 'workemail', 'businessemail', 'personalemail',
    'recipient', 'recipientemail', 'subscriber', 'subscriberemail', 'username', 'userprincipalname', 'rfc822mailbox',
    // German, Dutch, Scandinavian, Finnish
    'emailadresse', 'emailadressen', 'mailadresse', 'adresse', 'empfanger', 'emailadres', 'mailadres', 'epost', 'epostadress', 'epostadresse',
    'sahkoposti', 'sahkopostiosoite', 'netfang', 'tolvupostur',
    // French, Spanish, Catalan, Portuguese, Italian, Romanian
    'adresseemail', 'adressemail', 'adressemel', 'mel', 'courriel', 'adressecourriel', 'adresseelectronique',
    'correo', 'correoelectronico', 'direccioncorreo', 'direcciondecorreo', 'direcciondecorreoelectronico', 'direccionemail',
    'correuelectronic', 'correioeletronico', 'enderecodeemail', 'enderecoemail', 'enderecoeletronico',
    'indirizzoemail', 'indirizzodipostaelettronica', 'postaelettronica', 'adresademail', 'adresaemail',
    // Polish, Czech, Slovak, Hungarian, Croatian, Turkish, Baltic, Greek
    'adresemail', 'poczta', 'pocztaelektroniczna', 'emailovaadresa', 'emailcim', 'emailovaadresaklienta', 'eposta', 'epostaadresi',
    'elpastas', 'epastas', 'epasts', 'ηλεκτρονικοταχυδρομειο',
    // Cyrillic
    'почта', 'электроннаяпочта', 'элпочта', 'адресэлектроннойпочты', 'електроннапошта', 'пошта', 'имейл', 'мейл', 'емейл',
    // Japanese, Chinese, Korean, Vietnamese, Arabic, Hebrew
    'メール', 'メールアドレス', 'eメール', '電子メール', '邮箱', '电子邮箱', '电子邮件', '电子邮件地址', '邮件地址', '電子郵件', '電子信箱',
    '이메일', '이메일주소', '메일', 'thudientu', 'البريدالالكتروني', 'דואל', 'דואראלקטרוני',
  ].map(plainName),
);

/** Parts that make a longer name likely, such as `e_mail_1` or `Lieferanten-E-Mail`. */
export const ADDRESS_PARTS: readonly string[] = ['email', 'mail', 'courriel', 'correo', 'epost', 'почт', 'メール', '邮', '郵件', '메일'].map(plainName);
