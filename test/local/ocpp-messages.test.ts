import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aHost, answers, call, handshake } from '#test/support/local-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const Messages = z.object({
  messages: z.array(z.object({ direction: z.string(), action: z.string().nullable() })),
});

describe('the log of OCPP messages', () => {
  it('is written by what comes over a real socket, and is there after a restart', async () => {
    const dataDir = temporaryFolder();
    const host = await aHost({ dataDir });
    const { socket } = await handshake(`${host.ocpp}/LOG-1`, { protocols: ['ocpp2.1'] });
    const answered = answers(socket, 2);
    const station = { vendorName: 'Magma', model: 'MX' };
    const boot = { reason: 'PowerUp', chargingStation: station };
    socket.send(JSON.stringify([2, '1', 'BootNotification', boot]));
    socket.send(JSON.stringify([2, '2', 'Heartbeat', {}]));
    await answered;
    const list = async (at: typeof host) => {
      const answer = await call(at, '/v1/chargers/LOG-1/ocpp-messages');
      const { messages } = Messages.parse(await answer.json());
      return messages.map(({ direction, action }) => `${direction} ${action}`).sort();
    };
    const four = [
      'from_charger BootNotification',
      'from_charger Heartbeat',
      'to_charger BootNotification',
      'to_charger Heartbeat',
    ];
    expect(await list(host)).toEqual(expect.arrayContaining(four));
    await host.close();
    const again = await aHost({ dataDir });
    expect(await list(again)).toEqual(expect.arrayContaining(four));
  });
});
