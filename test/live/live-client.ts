import { handler as authorize } from '#functions/live/authorize.ts';
import { handler as connect } from '#functions/live/connect.ts';
import { handler as disconnect } from '#functions/live/disconnect.ts';
import { handler as message } from '#functions/live/message.ts';
import { createLiveTicket, NewLiveTicket } from '#shared/live/live-ticket.ts';
import type { TestContext } from '#test/support/context.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

type Frame = Readonly<Record<string, unknown>>;
let opened = 0;

/** A client of the live stream, behind the events that API Gateway makes of a WebSocket. */
export class LiveClient {
  readonly connectionId: string;
  readonly #ctx: TestContext;
  readonly #verdict: Readonly<Record<string, unknown>>;

  constructor(ctx: TestContext, connectionId: string, verdict: Readonly<Record<string, unknown>>) {
    this.#ctx = ctx;
    this.connectionId = connectionId;
    this.#verdict = verdict;
  }

  /** What has been sent to it, oldest first. */
  get frames(): Frame[] {
    const mine = this.#ctx.sent.live.filter((sent) => sent.connectionId === this.connectionId);
    return mine.map(({ json }) => json as Frame);
  }
  /** The frames of one type. */
  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame['type'] === type);
  }
  /** The types of the events it was sent, in order. */
  get events(): unknown[] {
    return this.of('event').map(({ event }) => (event as Frame)['type']);
  }
  get closed() {
    return this.#ctx.sockets.live.closed.find((each) => each.connectionId === this.connectionId);
  }

  async say(frame: object | string): Promise<void> {
    const body = typeof frame === 'string' ? frame : JSON.stringify(frame);
    await message({ requestContext: this.#requestContext(), body });
  }
  async leave(): Promise<void> {
    this.#ctx.sockets.live.gone.add(this.connectionId);
    await disconnect({ requestContext: this.#requestContext() });
  }
  #requestContext = () => ({ connectionId: this.connectionId, authorizer: this.#verdict });
}

/** Knocks with a URL of the live stream: the client where it is let in, and the handshake's status. */
export async function knock(
  ctx: TestContext,
  url: string,
): Promise<{ status: number; client: LiveClient }> {
  useTestRuntime(ctx);
  const headers = { 'x-live-ticket': url.slice(url.lastIndexOf('/') + 1) };
  opened += 1;
  const connectionId = `live-${opened}`;
  const asked = anAuthorizerEvent(headers);
  const { context } = await authorize({
    ...asked,
    requestContext: { ...asked.requestContext, connectionId },
  });
  const requestContext = { connectionId, authorizer: context };
  const { statusCode } = await connect({ requestContext, headers });
  return { status: statusCode, client: new LiveClient(ctx, connectionId, { ...context }) };
}

/** A client that was let in by this URL. */
export async function connectTo(ctx: TestContext, url: string): Promise<LiveClient> {
  const { status, client } = await knock(ctx, url);
  if (status !== 200) throw new Error(`refused with ${status}`);
  return client;
}

/** A client with a ticket of its own. */
export async function aLiveClient(
  ctx: TestContext,
  ticket: { topics?: readonly string[]; filter?: object; resume_after?: string } = {},
): Promise<LiveClient> {
  const wanted = NewLiveTicket.parse({ topics: ['sessions', 'connectors', 'chargers'], ...ticket });
  return connectTo(ctx, (await createLiveTicket(ctx, wanted)).url);
}
