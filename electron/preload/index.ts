// Puts one frozen object into the page: `window.winnow`, one function a channel, typed from the contract.
// Passes on the declared argument and nothing else; no channel can be named from outside, nothing can be listened to.
// Validates nothing: the router does, and it must, because this side could be bypassed.
import { contextBridge, ipcRenderer } from 'electron';
import type { WinnowApi } from '../../shared/ipc/api.ts';
import { WIRE, type Channel } from '../../shared/ipc/channels.ts';
import type { Answer } from '../../shared/ipc/answer.ts';
import type { ChannelInput, ChannelOutput } from '../../shared/ipc/contract.ts';

function call<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<Answer<ChannelOutput<C>>> {
  return ipcRenderer.invoke(WIRE, channel, input) as Promise<Answer<ChannelOutput<C>>>;
}

const api: WinnowApi = {
  appInfo: () => call('app.info', undefined),
  appReady: () => call('app.ready', undefined),
  settingsGet: () => call('settings.get', undefined),
  settingsSet: (settings) => call('settings.set', settings),
  logReport: (report) => call('log.report', report),
};

contextBridge.exposeInMainWorld('winnow', Object.freeze(api));
