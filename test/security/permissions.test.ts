// The page gets no permission and no device, whether it asks first or just tries.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchApp, runInPage, type LaunchedApp } from '../lab/app.ts';

let launched: LaunchedApp;

beforeAll(async () => {
  // With a camera and a microphone, or there would be nothing to refuse.
  launched = await launchApp({ args: ['--use-fake-device-for-media-stream'] });
});

afterAll(async () => {
  await launched.close();
});

describe('permissions', () => {
  it('are granted by none of the names that a page may ask for', async () => {
    const granted = await runInPage<string[]>(launched.page, `
      const names = ['accelerometer', 'background-sync', 'camera', 'clipboard-read', 'clipboard-write', 'display-capture',
        'geolocation', 'gyroscope', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'notifications',
        'payment-handler', 'periodic-background-sync', 'persistent-storage', 'screen-wake-lock', 'storage-access',
        'top-level-storage-access', 'window-management'];
      const states = await Promise.all(names.map(async (name) => {
        try { return (await navigator.permissions.query({ name })).state; } catch { return 'unknown'; }
      }));
      if (states.filter((state) => state === 'denied').length < 5) throw new Error('hardly any name is known: ' + states);
      return names.filter((_name, index) => states[index] === 'granted' || states[index] === 'prompt');`);
    expect(granted).toEqual([]);
  });

  const tries: readonly (readonly [name: string, attack: string, outcome: unknown])[] = [
    ['the position', `return new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (e) => resolve(e.code)))`, 1],
    ['notifications', `return Notification.requestPermission()`, 'denied'],
    ['the clipboard', `return navigator.clipboard.readText().catch((e) => e.name)`, 'NotAllowedError'],
    ['the camera', `return navigator.mediaDevices.getUserMedia({ video: true }).catch((e) => e.name)`, 'NotAllowedError'],
    ['the microphone', `return navigator.mediaDevices.getUserMedia({ audio: true }).catch((e) => e.name)`, 'NotAllowedError'],
    ['the MIDI devices', `return navigator.requestMIDIAccess({ sysex: true }).catch((e) => e.name)`, 'SecurityError'],
    ['storage that lasts', `return navigator.storage.persist()`, false],
    ['USB devices', `return navigator.usb.getDevices().then((d) => d.length, (e) => e.name)`, 'SecurityError'],
    ['HID devices', `return navigator.hid.getDevices().then((d) => d.length, (e) => e.name)`, 'SecurityError'],
    ['serial ports', `return navigator.serial.getPorts().then((d) => d.length, (e) => e.name)`, 'SecurityError'],
  ];
  for (const [name, attack, outcome] of tries) {
    it(`do not give ${name}`, async () => {
      expect(await runInPage(launched.page, attack)).toBe(outcome);
    });
  }

  it('are refused by the handler itself, not only by the headers', async () => {
    expect(await launched.log()).toContainEqual(
      expect.objectContaining({ level: 'warn', area: 'security', message: 'permission refused', fields: { permission: 'notifications' } }),
    );
  });
});

describe('devices', () => {
  it('are never chosen, whatever there is to choose from', async () => {
    const chosen = await launched.app.evaluate(({ BrowserWindow, session }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const results: Record<string, unknown> = {};
      const offer = (emitter: NodeJS.EventEmitter | undefined, name: string, ...details: unknown[]): void => {
        const result = { prevented: false, answer: 'none given' as unknown };
        const callback = (answer?: unknown): void => { result.answer = answer ?? ''; };
        emitter?.emit(name, { preventDefault: () => { result.prevented = true; } }, ...details, callback);
        results[name] = result;
      };
      offer(session.defaultSession, 'select-usb-device', { deviceList: [{ deviceId: 'u1' }] });
      offer(session.defaultSession, 'select-hid-device', { deviceList: [{ deviceId: 'h1' }] });
      offer(session.defaultSession, 'select-serial-port', [{ portId: 's1' }], contents);
      offer(contents, 'select-bluetooth-device', [{ deviceId: 'b1' }]);
      return results;
    });
    const refused = { prevented: true, answer: '' };
    expect(chosen).toEqual({
      'select-usb-device': refused,
      'select-hid-device': refused,
      'select-serial-port': refused,
      'select-bluetooth-device': refused,
    });
  });
});
