import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rpcErrorCodes, spellCode } from '#shared/ocpp/rpc/errors.ts';
import { ocppVersions } from '#shared/ocpp/version.ts';
import { listMessages } from '#shared/ocpp-log/list-messages.ts';
import { testContext } from '#test/support/context.ts';
import { hostileText } from '#test/support/hostile-text.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';

test.each(ocppVersions)(
  '%s: whatever comes over a socket is answered legally or not at all, closes nothing, and is logged',
  async (version) => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version });
    const codes = rpcErrorCodes.map((code) => spellCode(code, version));
    let said = 0;
    const texts = fc.oneof(
      hostileText,
      fc.jsonValue().map((payload) => JSON.stringify([2, 'id', 'Heartbeat', payload])),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const [frame, another] = await charger.say(text);
        said += 1;
        expect(another).toBeUndefined();
        if (!frame) return;
        const [type, id, code] = Array.isArray(frame.json) ? frame.json : [];
        expect(id).toEqual(expect.any(String));
        expect(type === 3 || (type === 4 && codes.includes(code))).toBe(true);
        expect(code).not.toBe('InternalError');
      }),
      { numRuns: 400, seed: 20_261_122, endOnFailure: true },
    );
    expect(ctx.sockets.ocpp.closed).toEqual([]);
    expect(ctx.logs.filter(({ level }) => level === 'error' && version !== 'ocpp2.1')).toEqual([]);
    const filter = { charger_id: charger.id, direction: 'from_charger' as const };
    const { items } = await listMessages(ctx, filter, { limit: 2000 });
    // Its boot, and what it said since.
    expect(items).toHaveLength(said + 1);
  },
);

// lbbrhzn/ocpp issue 2032: every MeterValues of that firmware, and so all energy, would be lost.
test('a value that was left out of the text is read as null', async () => {
  const charger = await aPeer(testContext());
  const [frame] = await charger.say(
    '[2,"7","MeterValues",{"connectorId":1,"transactionId":,"meterValue":[{"timestamp":"2026-06-01T04:30:00Z","sampledValue":[{"value":"1750","unit": }]}]}]',
  );
  expect(frame?.json).toEqual([3, '7', {}]);
  const [refused] = await charger.say('[2,"8","Heartbeat",{"a:,":"\\",:,"]');
  expect(refused?.json).toEqual([4, '8', 'FormationViolation', expect.any(String), {}]);
});
