import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outbox, packOutbox } from '#shared/events/recorded.ts';

const at = fc.constantFrom('2026-06-01T04:30:00.000Z', '2026-06-01T04:30:00.001Z');
const text = fc.option(fc.string(), { nil: null });
const name = fc.string().filter((key) => key !== '__proto__');
const fields = fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean()));
const event = fc.record(
  {
    id: fc.string(),
    type: fc.string(),
    at,
    subject: fc.constantFrom('a', 'b'),
    version: fc.nat(3),
    scope: fc.record({ charger_id: text, connector: fc.nat(2) }, { requiredKeys: [] }),
    object: fields,
    patch: fields,
    previous: fields,
    liveOnly: fc.boolean(),
  },
  { requiredKeys: ['id', 'type', 'at', 'subject', 'version'] },
);
const outbox = fc.record({
  tenantId: fc.string(),
  livemode: fc.boolean(),
  cause: fc.record({
    type: fc.constantFrom('api_request', 'charger_message'),
    ref: text,
    request_id: text,
    idempotency_key: text,
    actor: text,
  }),
  events: fc.array(event, { maxLength: 4 }),
  tasks: fc.array(fc.record({ id: fc.string(), task: fc.string(), at, payload: fields })),
});

test('an outbox is read from its row as it was packed', () => {
  fc.assert(
    fc.property(outbox, (sent) => {
      const row: unknown = JSON.parse(JSON.stringify(packOutbox(sent)));
      expect(Outbox.parse(row)).toEqual(JSON.parse(JSON.stringify(sent)));
    }),
  );
});
