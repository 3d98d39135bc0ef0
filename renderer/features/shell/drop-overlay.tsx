// Takes files that are dropped anywhere on the window, and shows while they are dragged that they may be.
// The overlay lies in the browser's top layer, so that it is seen over an open sheet too. Drags of anything but files
// are let be: text can still be dragged into a field.
import { useEffect, useRef, useState, type JSX } from 'react';
import { Icon } from '../../components/icon.tsx';
import { attempt } from '../../state/notices.ts';
import { words } from '../../words.ts';
import { dropFiles } from './begin.ts';
import './drop-overlay.css';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

export function DropOverlay(): JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(false);

  useEffect(() => {
    // Enter and leave are told of every element on the way: the drag has left when as many were left as entered.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setShown(true);
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setShown(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setShown(false);
      attempt(dropFiles([...(event.dataTransfer?.files ?? [])]));
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  useEffect(() => {
    ref.current?.togglePopover(shown);
  }, [shown]);

  return (
    <div ref={ref} className="drop-overlay" popover="manual" aria-hidden="true">
      <div className="drop-frame">
        <Icon name="save" />
        <p className="drop-title">{words.window.drop.title}</p>
        <p>{words.window.drop.text}</p>
      </div>
    </div>
  );
}
