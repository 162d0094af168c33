import { describe, expect, test } from 'vitest';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { call } from '#test/support/call.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import { aListedCharger, beginSync, commandOf } from '#test/support/syncing.ts';

describe('a charger that keeps no list', () => {
  const cases = [
    ['says so by the version -1', { listVersion: -1 }],
    ['refuses the list', undefined],
  ] as const;
  test.each(cases)('and %s is known for it, and not asked again', async (_how, version) => {
    const { ctx, charger } = await aListedCharger(1);
    const id = await beginSync(ctx);
    const asked = charger.next();
    if (asked) await charger.answer(asked, version ?? charger.take(asked));
    charger.refusals = [{ status: 'NotSupported' }];
    await charger.answerAll();
    expect(await commandOf(ctx, id)).toMatchObject({
      status: 'rejected',
      result: { outcome: 'not_supported' },
    });
    const { body } = await call(ctx, getCharger, { params: { charger_id: 'CP-1' } });
    expect(body).toMatchObject({ capabilities: { local_list: false } });
    const again = await call(ctx, syncLocalAuthList, { params: { charger_id: 'CP-1' }, body: {} });
    expect(again).toMatchObject({ status: 409, body: { code: 'capability_not_supported' } });
    const before = charger.said().length;
    await aToken(ctx, 'NEWS');
    await settle(ctx);
    ctx.tick(MINUTE);
    await settle(ctx);
    expect(charger.said()).toHaveLength(before);
  });

  test('and does not know the call is known for it', async () => {
    const { ctx, charger } = await aListedCharger(1);
    const id = await beginSync(ctx);
    const frame = [4, charger.next()?.id, 'NotImplemented', '', {}];
    await charger.peer.say(JSON.stringify(frame));
    expect(await commandOf(ctx, id)).toMatchObject({
      status: 'rejected',
      result: { outcome: 'not_supported' },
    });
  });
});
