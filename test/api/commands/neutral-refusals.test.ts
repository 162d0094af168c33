import { describe, test } from 'vitest';
import { endpoint as changeAvailability } from '#functions/api/commands/change-availability.ts';
import { endpoint as clearCache } from '#functions/api/commands/clear-authorization-cache.ts';
import { endpoint as resetCharger } from '#functions/api/commands/reset-charger.ts';
import { endpoint as sendDataTransfer } from '#functions/api/commands/send-data-transfer.ts';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { endpoint as unlockConnector } from '#functions/api/commands/unlock-connector.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';

const ask = (ctx: TestContext, endpoint: Endpoint, body: object = {}) =>
  call(ctx, endpoint, { params: { charger_id: 'BLR-014' }, body });

const each = [
  [resetCharger, { type: 'soft' }],
  [changeAvailability, { availability: 'operative' }],
  [unlockConnector, { connector: 1 }],
  [clearCache, {}],
  [triggerMessage, { message: 'boot' }],
  [sendDataTransfer, { vendor_id: 'x' }],
] as const;

describe.for(each.map(([endpoint, body]) => ({ endpoint, body, id: endpoint.id })))(
  '$id refuses',
  ({ endpoint, body }) => {
    test('chargers of others, of other sites, and unknown ones', async ({ expect }) => {
      const ctx = testContext();
      const charger = await anOnlineCharger(ctx);
      expect((await ask(ctx.as({ tenantId: 'other' }), endpoint, body)).status).toBe(404);
      expect((await ask(ctx.as(keyOfSites('BLR-IND')), endpoint, body)).status).toBe(404);
      expect(charger.calls()).toEqual([]);
    });

    test('a charger that has never connected', async ({ expect }) => {
      const ctx = testContext();
      await aCharger(ctx);
      const reply = await ask(ctx, endpoint, body);
      expect([reply.status, reply.body['code']]).toEqual([409, 'charger_not_registered']);
    });

    test('a connector that the charger does not have', async ({ expect }) => {
      const ctx = testContext();
      await anOnlineCharger(ctx);
      if (!('connector' in (endpoint.body?.shape ?? {}))) return;
      const reply = await ask(ctx, endpoint, { ...body, connector: 9 });
      expect(reply.status).toBe(422);
      expect(reply.body).toMatchObject({ errors: [{ field: 'connector', code: 'not_found' }] });
    });
  },
);
