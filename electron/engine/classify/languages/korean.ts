// Korean: naver.com, daum.net, hanmail.
import type { Lexicon } from './lexicon.ts';

export const KOREAN: Lexicon = {
  mailbox: '사용자|수신자|받는 ?사람|계정|메일함|메일 ?주소|주소|아이디',
  unknown: '찾을 수 없|존재하지 않|없습니다|없는|알 수 없|잘못|유효하지 않',
  noSuch: '존재하지 않는 (?:사용자|계정|메일|주소|수신자)|없는 (?:사용자|계정|주소)',
  disabled: '휴면|정지|비활성|차단된 계정|해지|탈퇴|잠긴|중지',
  storage: '용량|저장 ?공간',
  full: '초과|가득|부족|꽉',
  domain: '도메인',
  sender: '발신자|보낸 ?사람|보내는 ?사람|발송자',
  ourHost: 'ip|_ip_|서버|연결|접속|호스트',
  blocked: '차단|거부|거절|금지',
  blockList: '블랙 ?리스트|스팸 ?차단 ?목록',
  reverseDns: '역방향|reverse dns',
  tooMany: '너무 (?:많|자주)|동시 ?접속|제한(?:을)? ?초과|횟수',
  relay: '릴레이|중계',
  denied: '거부|거절|금지|허용되지|차단|권한이 없',
  required: '필요|필수',
  junk: '스팸|바이러스',
  message: '메일|메시지|첨부',
  tooBig: '너무 큽|크기(?:를|가)? ?(?:초과|제한)',
  policy: '정책',
  greylist: '그레이 ?리스트',
  later: '다시 시도|나중에|잠시 후',
  trouble: '일시적|내부 오류|서버 오류|점검',
};
