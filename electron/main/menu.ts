// The application menu, in the order that each system expects; labels come from the catalogue, actions are Electron's
// own roles wherever there is one. Nothing here can reload or leave the page.
import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';
import { en } from '../../shared/words/en.ts';
import { enHost } from '../../shared/words/en-host.ts';
import { SMTP_STANDARD_URL } from './external-links.ts';

const words = en.menu;
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

export interface MenuOptions {
  readonly logFile: string;
  readonly onOpen: () => void;
  readonly onOpenFolder: () => void;
  readonly onPaste: () => void;
  readonly onSample: () => void;
  readonly onPreferences: () => void;
  readonly onPreflight: () => void;
  readonly onMonitor: () => void;
}

export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  const name = app.getName();
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit(name) };
  return [
    ...(isMac ? [macAppMenu(name, quit, options)] : []),
    fileMenu(options, isMac ? [{ role: 'close', label: words.closeWindow }] : [preferencesItem(options), SEPARATOR, quit]),
    editMenu(),
    viewMenu(options),
    windowMenu(),
    helpMenu(options),
  ];
}

function fileMenu(options: MenuOptions, last: MenuItemConstructorOptions[]): MenuItemConstructorOptions {
  return {
    label: words.file,
    submenu: [
      { id: 'open', label: enHost.menu.open, accelerator: 'CmdOrCtrl+O', click: options.onOpen },
      { id: 'open-folder', label: enHost.menu.openFolder, accelerator: 'CmdOrCtrl+Shift+O', click: options.onOpenFolder },
      // Without Shift the page takes it, where no field does.
      { id: 'paste-addresses', label: enHost.menu.paste, accelerator: 'CmdOrCtrl+Shift+V', click: options.onPaste },
      SEPARATOR,
      { id: 'sample', label: enHost.menu.sample, click: options.onSample },
      { id: 'preflight', label: enHost.menu.preflight, click: options.onPreflight },
      SEPARATOR,
      ...last,
    ],
  };
}

/** In the place where each system has it. */
function preferencesItem(options: MenuOptions): MenuItemConstructorOptions {
  return { id: 'preferences', label: enHost.menu.preferences, accelerator: 'CmdOrCtrl+,', click: options.onPreferences };
}

function macAppMenu(name: string, quit: MenuItemConstructorOptions, options: MenuOptions): MenuItemConstructorOptions {
  return {
    label: name,
    submenu: [
      { role: 'about', label: words.about(name) },
      SEPARATOR,
      preferencesItem(options),
      SEPARATOR,
      { role: 'services', label: words.services },
      SEPARATOR,
      { role: 'hide', label: words.hide(name) },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      SEPARATOR,
      quit,
    ],
  };
}

function editMenu(): MenuItemConstructorOptions {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      SEPARATOR,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  };
}

function viewMenu(options: MenuOptions): MenuItemConstructorOptions {
  const developer: MenuItemConstructorOptions[] = [SEPARATOR, { role: 'toggleDevTools', label: words.developerTools }];
  return {
    label: words.view,
    submenu: [
      { id: 'monitor', label: enHost.menu.monitor, accelerator: 'CmdOrCtrl+Shift+M', click: options.onMonitor },
      SEPARATOR,
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...(app.isPackaged ? [] : developer),
    ],
  };
}

function windowMenu(): MenuItemConstructorOptions {
  return {
    label: words.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: words.minimize },
      { role: 'close', label: words.closeWindow },
    ],
  };
}

function helpMenu(options: MenuOptions): MenuItemConstructorOptions {
  return {
    label: words.help,
    role: 'help',
    submenu: [
      { label: words.smtpStandard, click: () => { void shell.openExternal(SMTP_STANDARD_URL); } },
      { label: words.logFolder, click: () => { shell.showItemInFolder(options.logFile); } },
    ],
  };
}
