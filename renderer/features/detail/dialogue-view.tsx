// Shows the conversations with mail servers (dialogue.ts) line by line, as a log would. What servers said is hostile
// text: shown as text, and nothing else.
import type { JSX } from 'react';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { words } from '../../words.ts';
import { conversations, type DialogueLine } from './dialogue.ts';

interface Props {
  readonly evidence: ResultDetail['evidence'];
  readonly address: string;
}

export function Dialogue({ evidence, address }: Props): JSX.Element | null {
  const { dialogue: text } = words.window;
  if (evidence.length === 0) return null;
  const all = conversations(evidence, address);
  const asked = all.some((conversation) => conversation.with !== null);
  return (
    <section className="dialogue" aria-label={text.title}>
      <h3>{text.title}</h3>
      {asked ? null : <p className="dialogue-note">{text.none}</p>}
      {all.map((conversation, index) => (
        <figure key={index}>
          {conversation.with === null ? null : <figcaption>{conversation.with}</figcaption>}
          <ol>
            {conversation.lines.map((line, at) => (
              <Line key={at} line={line} />
            ))}
          </ol>
        </figure>
      ))}
      {asked ? <p className="dialogue-note">{text.excerpt}</p> : null}
    </section>
  );
}

const SIGNS = { client: 'C:', server: 'S:', note: '' } as const;

function Line({ line }: { readonly line: DialogueLine }): JSX.Element {
  const { dialogue: text } = words.window;
  const { speaker, random } = line;
  return (
    <li className={`line line-${speaker}${random ? ' line-random' : ''}`}>
      {speaker === 'note' ? null : (
        <>
          <span className="visually-hidden">{speaker === 'client' ? text.client : text.server}: </span>
          <span className="line-sign" aria-hidden="true">{SIGNS[speaker]}</span>
        </>
      )}
      <span className="line-text">
        {line.text}
        {random && speaker === 'client' ? <em> ({text.random})</em> : null}
      </span>
    </li>
  );
}
