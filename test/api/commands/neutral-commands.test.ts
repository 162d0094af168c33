import { describe, test } from 'vitest';
import { endpoint as changeAvailability } from '#functions/api/commands/change-availability.ts';
import { endpoint as clearCache } from '#functions/api/commands/clear-authorization-cache.ts';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as resetCharger } from '#functions/api/commands/reset-charger.ts';
import { endpoint as sendDataTransfer } from '#functions/api/commands/send-data-transfer.ts';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { endpoint as unlockConnector } from '#functions/api/commands/unlock-connector.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const ask = (ctx: TestContext, endpoint: Endpoint, body: object = {}) =>
  call(ctx, endpoint, { params: { charger_id: 'BLR-014' }, body });

/** An EVSE with two plugs: number 2 is the second connector of EVSE 1. */
const connectors = [
  { id: 1, evse_id: 1, evse_connector_id: 1 },
  { id: 2, evse_id: 1, evse_connector_id: 2 },
];

type Row = readonly [Endpoint, object, string, object | undefined, object | undefined];
const rows: readonly Row[] = [
  [resetCharger, { type: 'soft' }, 'Reset', { type: 'Soft' }, { type: 'OnIdle' }],
  [resetCharger, { type: 'hard' }, 'Reset', { type: 'Hard' }, { type: 'Immediate' }],
  [
    resetCharger,
    { type: 'hard', evse_id: 1 },
    'Reset',
    undefined,
    { type: 'Immediate', evseId: 1 },
  ],
  [
    changeAvailability,
    { availability: 'inoperative' },
    'ChangeAvailability',
    { connectorId: 0, type: 'Inoperative' },
    { operationalStatus: 'Inoperative' },
  ],
  [
    changeAvailability,
    { availability: 'operative', connector: 2 },
    'ChangeAvailability',
    { connectorId: 2, type: 'Operative' },
    { operationalStatus: 'Operative', evse: { id: 1, connectorId: 2 } },
  ],
  [
    unlockConnector,
    { connector: 2 },
    'UnlockConnector',
    { connectorId: 2 },
    { evseId: 1, connectorId: 2 },
  ],
  [clearCache, {}, 'ClearCache', {}, {}],
  [
    triggerMessage,
    { message: 'status', connector: 2 },
    'TriggerMessage',
    { requestedMessage: 'StatusNotification', connectorId: 2 },
    { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 2 } },
  ],
  [
    triggerMessage,
    { message: 'meter_values', connector: 2 },
    'TriggerMessage',
    { requestedMessage: 'MeterValues', connectorId: 2 },
    { requestedMessage: 'MeterValues', evse: { id: 1 } },
  ],
  [
    sendDataTransfer,
    { vendor_id: 'com.example', message_id: 'Dim', data: { percent: 40 } },
    'DataTransfer',
    { vendorId: 'com.example', messageId: 'Dim', data: '{"percent":40}' },
    { vendorId: 'com.example', messageId: 'Dim', data: { percent: 40 } },
  ],
  [
    sendDataTransfer,
    { vendor_id: 'com.example', data: 'plain' },
    'DataTransfer',
    { vendorId: 'com.example', data: 'plain' },
    { vendorId: 'com.example', data: 'plain' },
  ],
];
const cases = rows.flatMap(([endpoint, body, action, v16, v201]) => [
  { endpoint, body, action, id: endpoint.id, version: '1.6' as const, payload: v16 },
  { endpoint, body, action, id: endpoint.id, version: '2.0.1' as const, payload: v201 },
]);

describe('a command in neutral words', () => {
  test.for(cases)(
    '$id $body becomes $action in $version',
    async ({ endpoint, body, action, version, payload }, { expect }) => {
      const ctx = testContext();
      const charger = await anOnlineCharger(ctx, 'BLR-014', { version, connectors });
      const reply = await ask(ctx, endpoint, body);
      if (!payload) {
        expect(reply.status).toBe(409);
        expect(reply.body).toMatchObject({ code: 'capability_not_supported' });
        expect(charger.calls()).toEqual([]);
        return;
      }
      expect(reply.status).toBe(202);
      expect(reply.headers['Location']).toBe(`/v1/commands/${reply.body['id']}`);
      expect(charger.calls()).toEqual([{ id: expect.any(String), action, payload }]);
    },
  );
});

/** What chargers answer, and what we make of it. */
const answers = [
  [changeAvailability, { availability: 'inoperative' }, 'Scheduled', 'completed', 'scheduled'],
  [unlockConnector, { connector: 1 }, 'Unlocked', 'completed', 'unlocked'],
  [unlockConnector, { connector: 1 }, 'UnlockFailed', 'rejected', 'unlock_failed'],
  [unlockConnector, { connector: 1 }, 'NotSupported', 'rejected', 'not_supported'],
  [clearCache, {}, 'Rejected', 'rejected', 'rejected'],
  [triggerMessage, { message: 'boot' }, 'NotImplemented', 'rejected', 'not_implemented'],
  [sendDataTransfer, { vendor_id: 'x' }, 'UnknownVendorId', 'rejected', 'unknown_vendor_id'],
  [resetCharger, { type: 'soft' }, 'Accepted', 'completed', 'accepted'],
] as const;

test.for(
  answers.map(([endpoint, body, said, status, outcome]) => ({
    ...{ endpoint, body, said, status, outcome },
    id: endpoint.id,
  })),
)('$id that is answered $said is $status', async (row, { expect }) => {
  const { endpoint, body, said, status, outcome } = row;
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx);
  const command = await ask(ctx, endpoint, body);
  await charger.answer({ status: said });
  const read = await call(ctx, getCommand, { params: { command_id: command.body['id'] } });
  expect(read.body).toMatchObject({ status, result: { outcome } });
  expect(recordedEvents(ctx).map((e) => e.type)).toContain(
    status === 'completed' ? 'command.completed' : 'command.failed',
  );
});

describe('a reset of the connection', () => {
  test('drops the socket, says nothing to the charger, and is done at once', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { status, body } = await ask(ctx, resetCharger, { type: 'connection' });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'completed',
      result: { outcome: 'connection_closed' },
      ocpp: null,
    });
    expect(ctx.sockets.ocpp.closed).toMatchObject([{ connectionId: charger.connectionId }]);
    expect(charger.calls()).toEqual([]);
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'command.completed' });
  });

  test('is refused where there is no socket', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const { status, body } = await ask(ctx, resetCharger, { type: 'connection' });
    expect([status, body['code']]).toEqual([409, 'charger_offline']);
  });
});
