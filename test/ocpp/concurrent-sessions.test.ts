import { describe, expect, test } from 'vitest';
import { stop16 } from '#test/support/charge-16.ts';
import { tell } from '#test/support/charge-201.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { aPricedPeer, MINUTE, sessionsOf } from '#test/support/ocpp-site.ts';
import { another, authorizations, began, setting, shown } from '#test/support/shown-token.ts';

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const;

describe.each(VERSIONS)('%s: a token', (version) => {
  const is16 = version === 'ocpp1.6';

  // Gotcha 28: only the start of a transaction is refused, and it is kept all the same (gotcha 20).
  test('with as many sessions as it may have is refused another start, and that is recorded', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await setting(ctx, { max_concurrent_sessions_per_token: 1 });
    await aToken(ctx, 'CARD-1');
    const second = await another(ctx, version);
    expect(await began(charger, 'CARD-1')).toBe('Accepted');
    expect(await shown(second, 'CARD-1')).toMatchObject({ status: 'Accepted' });
    expect(await began(second, 'card-1')).toBe('ConcurrentTx');
    expect(await began(second, 'card-1')).toBe('ConcurrentTx');
    expect(await began(charger, 'CARD-1')).toBe('Accepted');
    expect(await sessionsOf(ctx)).toHaveLength(2);
    const refused = await authorizations(ctx, { reason: 'concurrent' });
    expect(refused).toMatchObject([{ charger_id: 'CP-2', purpose: 'start' }]);
  });

  test.each([
    ['the token', {}, { max_concurrent_sessions: 2 }],
    ['its group', { max_concurrent_sessions_by_group: { FLEET: 2 } }, { group_id: 'FLEET' }],
  ] as const)(
    'may have more where %s says so, and again when one has ended',
    async (_who, set, more) => {
      const { ctx, charger } = await aPricedPeer({ version });
      await setting(ctx, { max_concurrent_sessions_per_token: 1, ...set });
      await aToken(ctx, { uid: 'CARD-1', ...more });
      expect(await began(charger, 'CARD-1', 1)).toBe('Accepted');
      expect(await began(charger, 'CARD-1', 2)).toBe('Accepted');
      expect(await began(charger, 'CARD-1', 3)).toBe('ConcurrentTx');
      ctx.tick(60 * MINUTE);
      for (const n of is16 ? [1, 3] : [])
        await charger.call('StopTransaction', stop16(n, { idTag: 'CARD-1' }));
      for (const n of is16 ? [] : [1, 3])
        await tell(charger, {
          type: 'Ended',
          seq: 1,
          minute: 60,
          tx: `TX-CARD-1-${n}`,
          wh: 1_008_000,
        });
      expect(await began(charger, 'CARD-1', 4)).toBe('Accepted');
    },
  );

  test('with a session whose end is never told is let go after a week', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    await aToken(ctx, { uid: 'CARD-1', max_concurrent_sessions: 1 });
    await began(charger, 'CARD-1', 1);
    ctx.tick(8 * 24 * 60 * MINUTE);
    expect(await began(charger, 'CARD-1', 2)).toBe('Accepted');
  });
});
