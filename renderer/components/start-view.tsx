// The window with nothing in it: what the app is, what can be counted on, and how to verify a list today.
import type { JSX } from 'react';
import type { ChannelOutput } from '../../shared/ipc/contract.ts';
import { words } from '../words.ts';
import { Command } from './command.tsx';
import { Mark } from './mark.tsx';
import { Notice } from './notice.tsx';
import './start-view.css';

interface Props {
  readonly info: ChannelOutput<'app.info'>;
  /** Name of the file that broken settings were set aside as, or null. */
  readonly setAsideAs: string | null;
}

export function StartView({ info, setAsideAs }: Props): JSX.Element {
  const { local, silent, honest } = words.promises;
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
        <ul className="start-promises" aria-label={words.promises.label}>
          {[local, silent, honest].map(({ title, text }) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
        <section className="start-commands" aria-labelledby="commands-title">
          <h2 id="commands-title">{words.commandLine.title}</h2>
          <p>{words.commandLine.intro}</p>
          <Command label={words.commandLine.practiceLabel} line={words.commandLine.practice} />
          <Command label={words.commandLine.verifyLabel} line={words.commandLine.verify} />
        </section>
      </main>
      <footer className="start-footer">{words.app.runtime(info)}</footer>
    </div>
  );
}
