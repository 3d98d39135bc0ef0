// What happens to each message of a page, in this order: is the channel known, is the sender our page's top frame,
// does the input parse; then the handler; then, does the output parse. Each failure is answered and written down,
// none is swallowed, and none carries a stack, a path or a value back to the page.
// Knows nothing of Electron but the shape of an event, so that it is tested without it.
import type { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import type { Answer, IpcErrorCode } from '../../../shared/ipc/answer.ts';
import { CHANNELS, type Channel } from '../../../shared/ipc/channels.ts';
import { CONTRACT, type ChannelOutput, type ChannelParsed } from '../../../shared/ipc/contract.ts';
import { en as words } from '../../../shared/words/en.ts';
import { APP_ORIGIN, isAppUrl } from '../app-origin.ts';
import type { Log } from '../log.ts';

/** What is looked at of Electron's `WebFrameMain`. */
export interface SenderFrame {
  readonly url: string;
  /** `null` (as text) for a sandboxed document, whatever its address. */
  readonly origin: string;
  readonly parent: unknown;
}

/** What is looked at of Electron's `IpcMainInvokeEvent`. The frame is null once it has gone elsewhere. */
export interface IpcEvent {
  readonly senderFrame: SenderFrame | null;
}

export type Handlers = {
  readonly [C in Channel]: (input: ChannelParsed<C>) => ChannelOutput<C> | Promise<ChannelOutput<C>>;
};

export type Dispatch = (event: IpcEvent, channel: unknown, input: unknown) => Promise<Answer<unknown>>;

export function createDispatch(handlers: Handlers, log: Log): Dispatch {
  return async (event, channel, input) => {
    if (!isChannel(channel)) {
      log.warn('ipc', 'unknown channel', { channel, frame: event.senderFrame?.url });
      return failure('UnknownChannel', words.ipc.refused);
    }
    if (!isOurTopFrame(event)) {
      log.warn('ipc', 'foreign sender', { channel, frame: event.senderFrame?.url });
      return failure('ForeignSender', words.ipc.refused);
    }
    return handle(channel, input, handlers, log);
  };
}

async function handle(channel: Channel, input: unknown, handlers: Handlers, log: Log): Promise<Answer<unknown>> {
  const contract: { input: z.ZodType; output: z.ZodType } = CONTRACT[channel];
  const parsed = contract.input.safeParse(input);
  if (!parsed.success) {
    const where = describe(parsed.error);
    log.warn('ipc', 'invalid input', { channel, where });
    return failure('InvalidInput', words.ipc.invalid(where));
  }
  try {
    // The contract gives each channel its own types; which one this is, only the channel's name knows here.
    const handler = handlers[channel] as (input: unknown) => unknown;
    const output = contract.output.safeParse(await handler(parsed.data));
    if (output.success) return { ok: true, value: output.data };
    log.error('ipc', 'handler broke the contract', { channel, where: describe(output.error) });
  } catch (error) {
    if (error instanceof UserError) {
      log.warn('ipc', 'request failed', { channel, error });
      return failure(error.code, error.message, error.retryable);
    }
    log.error('ipc', 'handler failed', { channel, error });
  }
  return failure('Internal', words.ipc.internal);
}

function isChannel(value: unknown): value is Channel {
  return (CHANNELS as readonly unknown[]).includes(value);
}

function isOurTopFrame(event: IpcEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN && isAppUrl(frame.url);
}

/** Paths and rules of the first few problems. Zod's messages name rules, not the values that broke them. */
function describe(error: z.ZodError): string {
  const problems = error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  return problems.join('; ').slice(0, 500);
}

function failure(code: IpcErrorCode, message: string, retryable = false): Answer<never> {
  return { ok: false, error: { code, message, retryable } };
}
