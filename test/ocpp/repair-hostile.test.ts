import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '#shared/ocpp/repair/admit.ts';
import { isLongIdentity } from '#shared/ocpp/repair/prune.ts';
import { valueAt } from '#shared/ocpp/repair/tree.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';

const at = '2026-01-05T10:00:00Z';

/** Values near the real ones, so that the search gets past the first field. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '1',
    '12.0',
    'kwh',
    at,
    '2026-01-05 10:00:00',
    'Ended',
    'x'.repeat(60),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const near = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...fields, other: leaf }, { requiredKeys: [] });
const sampledValue = near({
  value: leaf,
  context: leaf,
  unit: leaf,
  measurand: leaf,
  signedMeterValue: near({ publicKey: leaf }),
  customData: leaf,
});
const meterValue = fc.oneof(
  leaf,
  fc.array(
    near({
      timestamp: leaf,
      sampledValue: fc.oneof(leaf, fc.array(sampledValue, { maxLength: 3 })),
    }),
    { maxLength: 3 },
  ),
);
const fields = {
  connectorId: leaf,
  evseId: leaf,
  timestamp: leaf,
  transactionId: leaf,
  meterStop: leaf,
  eventType: leaf,
  transactionInfo: near({ transactionId: leaf, stoppedReason: leaf }),
  meterValue,
  transactionData: meterValue,
};

test.each([
  ['ocpp1.6', 'MeterValues'],
  ['ocpp1.6', 'StopTransaction'],
  ['ocpp2.0.1', 'TransactionEvent'],
] as const)(
  '%s %s: whatever is sent is kept, and what is kept is valid but for what is absent and ids too long',
  async (version, action) => {
    const validate = await validatorFor(version, action, 'request');
    await fc.assert(
      fc.asyncProperty(fc.oneof(near(fields), leaf), async (sent) => {
        const before = JSON.stringify(sent);
        const admitted = await admit(version, action, sent, { moneyCarrying: true });
        expect(JSON.stringify(sent)).toBe(before);
        if (admitted.accepted === 'refused') throw new Error('A charge was lost.');
        const wrong = validate(admitted.payload)?.filter(
          (violation) =>
            violation.keyword !== 'required' &&
            !isLongIdentity(violation, valueAt(admitted.payload, violation.path)),
        );
        expect(wrong ?? []).toEqual([]);
        if (admitted.accepted !== 'flagged') expect(validate(admitted.payload)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  },
);
