// Tells the conversation that was had with a mail server from the evidence that was kept of it: for each piece the
// command that was answered and the answer. Only what the evidence says is told as said: what a command carried beside
// its verb is shown as a name in brackets where it is not known, and lines that nobody kept are not made up.
// The recipient that cannot exist is marked; its address is not kept.
import { assertNever } from '../../../shared/errors.ts';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';

type Evidence = ResultDetail['evidence'][number];

export interface DialogueLine {
  readonly speaker: 'client' | 'server' | 'note';
  readonly text: string;
  /** Said of, or to, the recipient that cannot exist. */
  readonly random: boolean;
}

export interface Conversation {
  /** Server, its IP address, encryption and attempt; null where no server was asked. */
  readonly with: string | null;
  readonly atMs: number;
  readonly lines: readonly DialogueLine[];
}

/** The mark that the engine puts before what the random recipient was told. */
const RANDOM_PREFIX = 'random recipient: ';

/** One conversation for each attempt and server, in the order in which they were had. */
export function conversations(evidence: readonly Evidence[], address: string): readonly Conversation[] {
  const found = new Map<string, { atMs: number; with: string | null; lines: DialogueLine[] }>();
  for (const piece of [...evidence].sort((a, b) => a.atMs - b.atMs)) {
    const key = `${String(piece.attempt)} ${piece.mxHost ?? ''} ${piece.ip ?? ''}`;
    const conversation = found.get(key) ?? { atMs: piece.atMs, with: partner(piece), lines: [] };
    conversation.lines.push(...linesOf(piece, address));
    found.set(key, conversation);
  }
  return [...found.values()];
}

function partner(piece: Evidence): string | null {
  const { dialogue } = words.window;
  if (piece.stage === 'DNS' || piece.stage === 'LOCAL') return null;
  const host = piece.mxHost ?? dialogue.unknownHost;
  const where = piece.ip === null ? host : `${host} [${piece.ip}]`;
  const parts = [where, ...(piece.tls === null ? [] : [dialogue.tls[piece.tls]]), dialogue.attempt(String(piece.attempt))];
  return parts.join(' · ');
}

function linesOf(piece: Evidence, address: string): DialogueLine[] {
  const { dialogue } = words.window;
  const { stage } = piece;
  if (stage === 'DNS') return [note(dialogue.dns(piece.text))];
  if (stage === 'LOCAL') return [note(dialogue.local(piece.text))];
  const random = stage === 'RCPT' && piece.text.startsWith(RANDOM_PREFIX);
  const text = random ? piece.text.slice(RANDOM_PREFIX.length) : piece.text;
  const command = commandOf(stage, random ? `‹${dialogue.randomRecipient}›` : address);
  const lines: DialogueLine[] = command === null ? [] : [{ speaker: 'client', text: command, random }];
  return [...lines, { ...answerOf(piece, text), random }];
}

/** What was sent at a stage; null for the greeting, which answers nothing. */
function commandOf(stage: Exclude<Evidence['stage'], 'DNS' | 'LOCAL'>, recipient: string): string | null {
  const { ourName, ourSender } = words.window.dialogue;
  switch (stage) {
    case 'CONNECT':
      return null;
    case 'EHLO':
    case 'HELO':
      return `${stage} ‹${ourName}›`;
    case 'MAIL':
      return `MAIL FROM:<‹${ourSender}›>`;
    case 'RCPT':
      return `RCPT TO:<${recipient}>`;
    case 'STARTTLS':
    case 'DATA':
    case 'RSET':
    case 'QUIT':
      return stage;
    default:
      return assertNever(stage, 'stage');
  }
}

function answerOf(piece: Evidence, text: string): DialogueLine {
  const { dialogue } = words.window;
  if (piece.code === null) return note(text === '' ? dialogue.noReplyAtAll : dialogue.noReply(text));
  const reply = [String(piece.code), piece.enhanced, text].filter((part) => part !== null && part !== '').join(' ');
  return { speaker: 'server', text: reply, random: false };
}

function note(text: string): DialogueLine {
  return { speaker: 'note', text, random: false };
}
