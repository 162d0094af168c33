import { describe, expect, test } from 'vitest';
import { getCommand } from '#shared/commands/settle-command.ts';
import { requestRaw } from '#shared/ocpp/requests/request-raw.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE, theSession } from '#test/support/ocpp-site.ts';

const statusOf = { action: 'GetTransactionStatus', payload: { transactionId: 'TX-1' } };

// Gotcha 25: a transaction that is over is not yet told while messages are queued.
describe('GetTransactionStatus', () => {
  test.each([
    [{ ongoingIndicator: false, messagesInQueue: true }],
    [{ ongoingIndicator: false, messagesInQueue: false }],
    [{ ongoingIndicator: true, messagesInQueue: false }],
    [{ messagesInQueue: false }],
  ])(
    'asked by hand and answered %o moves nothing: the session waits for the events themselves',
    async (answer) => {
      const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
      ctx.tick(60 * MINUTE);
      for (const event of hour201.slice(0, 4)) await tell(charger, event);
      const { id } = await requestRaw(ctx, { chargerId: charger.id, ...statusOf });
      await charger.reply(charger.lastAsked(), answer);
      expect(await getCommand(ctx, id)).toMatchObject({
        status: 'completed',
        ocpp: { response: answer },
      });
      expect(await theSession(ctx)).toMatchObject({ status: 'charging', cdr: null });
      await tell(charger, hour201[4] ?? { seq: 4 });
      expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
    },
  );
});
