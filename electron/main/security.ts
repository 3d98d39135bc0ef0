// The guards on every page and session, also on those that nobody meant to open: our pages stay on our origin, open
// nothing, ask for no permission, see no device, download nothing and reach no network at all.
// Each refusal is written down: in this app a refusal is a defect or an attack, never daily business.
// Must be installed before the app is ready, so that no page or session is ever without them.
import { app, shell, type Session, type WebContents } from 'electron';
import { isAppUrl } from './app-origin.ts';
import { isExternalLink } from './external-links.ts';
import type { Log } from './log.ts';

export function installGuards(log: Log): void {
  // `--no-sandbox` is for developers who are root: Chromium refuses to start a sandboxed helper process as root,
  // and `enableSandbox` would strike out that switch. The pages stay without Node either way (windows.ts).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium itself needs no name resolved and no update fetched: the engine dials from Node, the pages from nowhere.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');

  app.on('web-contents-created', (_event, contents) => { guardContents(contents, log); });
  app.on('session-created', (session) => { guardSession(session, log); });
  app.on('certificate-error', (event, _contents, url, error, _certificate, callback) => {
    event.preventDefault();
    log.warn('security', 'certificate refused', { url, error });
    callback(false);
  });
  app.on('select-client-certificate', (event) => { event.preventDefault(); });
  app.on('login', (event) => { event.preventDefault(); });
}

function guardContents(contents: WebContents, log: Log): void {
  // Fires for every frame, the top one too; `will-navigate` would leave out the others.
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && isAppUrl(details.url)) return;
    details.preventDefault();
    log.warn('security', 'navigation refused', { url: details.url, mainFrame: details.isMainFrame });
  });
  contents.on('will-redirect', (details) => {
    if (isAppUrl(details.url)) return;
    details.preventDefault();
    log.warn('security', 'redirect refused', { url: details.url });
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalLink(url)) {
      void shell.openExternal(url).catch((error: unknown) => { log.warn('security', 'link not opened', { url, error }); });
    } else {
      log.warn('security', 'window refused', { url });
    }
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('security', 'webview refused');
  });
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault();
    callback('');
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

function guardSession(session: Session, log: Log): void {
  session.setSpellCheckerEnabled(false); // its dictionaries would be downloaded
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    log.warn('security', 'permission refused', { permission });
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault();
    callback('');
  });
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('will-download', (event, item) => {
    event.preventDefault();
    log.warn('security', 'download refused', { url: item.getURL() });
  });
  // No filter: this sees http, https, ws, wss, file, ftp and whatever comes next.
  session.webRequest.onBeforeRequest((details, callback) => {
    if (mayLoad(details.url)) {
      callback({});
      return;
    }
    log.warn('security', 'request refused', { url: details.url, resourceType: details.resourceType });
    callback({ cancel: true });
  });
}

/** `data:` reaches no network (pictures in our own styles); the developer tools exist in development only. */
function mayLoad(url: string): boolean {
  return isAppUrl(url) || url.startsWith('data:') || (!app.isPackaged && url.startsWith('devtools://'));
}
