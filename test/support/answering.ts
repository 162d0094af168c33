import type { Context } from '#shared/core/context.ts';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';

/** The same world, in which the charger answers a call before its sender has gone on. */
export function answering(ctx: TestContext, charger: FakeCharger, payload: object): Context {
  const { ocpp, live } = ctx.sockets;
  const send = async (connectionId: string, text: string) => {
    const outcome = await ocpp.send(connectionId, text);
    await charger.answer(payload);
    return outcome;
  };
  const close = (id: string, code?: number, reason?: string) => ocpp.close(id, code, reason);
  return { ...ctx, sockets: { ocpp: { send, close }, live } };
}
