// The monitor's window: what the engine does just now, in figures and small lines over the last five minutes.
// Asks main once a second while it is seen, and only then; keeps nothing itself. Nothing is announced by itself: a
// screen reader reads the figures when its user goes to them.
import { useEffect, useState, type JSX } from 'react';
import type { MonitorReading } from '../../../shared/ipc/monitor.ts';
import { api } from '../../api.ts';
import { Message } from '../../components/message.tsx';
import { messageOf } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { FigureCard } from './figure-card.tsx';
import { FIGURES } from './figures.ts';
import './monitor-view.css';

const EVERY_MS = 1_000;

export function MonitorView(): JSX.Element {
  const text = words.monitor;
  const [reading, setReading] = useState<MonitorReading | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    document.title = text.title;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // One question at a time: a busy main is not asked a second one meanwhile.
    const ask = async (): Promise<void> => {
      if (!document.hidden) {
        try {
          const answer = await api.monitorRead();
          if (current) {
            setReading(answer);
            setFailure(null);
          }
        } catch (error) {
          if (current) setFailure(messageOf(error));
        }
      }
      if (current) timer = setTimeout(() => { void ask(); }, EVERY_MS);
    };
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);

  return (
    <main className="monitor">
      <header className="monitor-head">
        <h1>{text.title}</h1>
        <p>{reading?.asking === false ? text.idle : text.lastMinutes}</p>
      </header>
      {failure === null ? null : <Message kind="error">{failure}</Message>}
      {reading === null ? null : (
        <dl className="figures">
          {FIGURES.map((figure) => <FigureCard key={figure.name} figure={figure} samples={reading.samples} />)}
        </dl>
      )}
    </main>
  );
}
