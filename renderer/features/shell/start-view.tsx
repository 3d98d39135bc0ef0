// The window with no list in it: what the app is, what can be counted on, and the ways to begin.
import type { JSX } from 'react';
import type { ChannelOutput } from '../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { Mark } from '../../components/mark.tsx';
import { Notice } from '../../components/notice.tsx';
import { attempt } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { openFile, pasteAddresses, startPractice } from './begin.ts';
import './start-view.css';

interface Props {
  readonly info: ChannelOutput<'app.info'>;
  /** Name of the file that broken settings were set aside as, or null. */
  readonly setAsideAs: string | null;
}

export function StartView({ info, setAsideAs }: Props): JSX.Element {
  const { local, silent, honest } = words.promises;
  const { empty } = words.window;
  return (
    <div className="start">
      <main className="start-content">
        {setAsideAs === null ? null : <Notice text={words.settings.setAside(setAsideAs)} />}
        <header className="start-header">
          <Mark />
          <div className="start-names">
            <h1>{words.app.title(info.name)}</h1>
            <p className="start-version">{words.app.version(info.version)}</p>
          </div>
          <p className="start-tagline">{words.app.tagline}</p>
        </header>
        <section className="start-drop" aria-labelledby="drop-title">
          <h2 id="drop-title">{empty.drop}</h2>
          <p>{empty.dropText}</p>
          <div className="start-ways">
            <Button look="primary" icon="open" onClick={() => { attempt(openFile()); }}>
              {empty.open}
            </Button>
            <Button icon="paste" onClick={() => { attempt(pasteAddresses()); }}>{empty.paste}</Button>
            <Button onClick={() => { attempt(startPractice()); }} aria-describedby="sample-text">{empty.sample}</Button>
          </div>
          <p id="sample-text" className="start-sample">{empty.sampleText}</p>
        </section>
        <ul className="start-promises" aria-label={words.promises.label}>
          {[local, silent, honest].map(({ title, text }) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="start-footer">{words.app.runtime(info)}</footer>
    </div>
  );
}
