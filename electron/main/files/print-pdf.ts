// A page of ours as a PDF: drawn in a window that nobody sees, sandboxed like every other, without a preload, without
// scripts, and gone when it is done. The page is HTML that was made here and holds no script; it loads nothing.
import { BrowserWindow } from 'electron';

/** Bytes of an A4 page (more, if it is long). Rejects where the page cannot be drawn. */
export async function printPdf(html: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      offscreen: true,
      partition: 'print', // in memory, apart from the app's own pages
      webSecurity: true,
      devTools: false,
    },
  });
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`);
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });
  } finally {
    window.destroy();
  }
}
