import { expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from '#functions/api/configuration/update-charger-configuration.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { configuredValue } from '#shared/configuration/configured-value.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const names = ['A', 'B', 'C'];

/**
 * The answer to the first of three calls is hit by a crash at one of its writes. The charger does not
 * answer again: what follows has to come from what was stored, or from the time-out of the call.
 */
async function crashedAt(at: number, done: boolean) {
  const ctx = testContext();
  const charger = await aPeer(ctx);
  const items = names.map((name) => ({ name, value: '1' }));
  const { body } = await call(ctx, endpoint, { params: { charger_id: 'CP-1' }, body: { items } });
  const table = new CrashingTable(ctx.table, { at, done });
  const [first] = charger.asked();
  const answer = JSON.stringify([3, first?.id, { status: 'Accepted' }]);
  await charger.say(answer, table).catch(() => {});
  await settle(ctx);
  for (let n = 1; n < 3 && charger.asked().length > n; n += 1) {
    await charger.reply(charger.asked()[n] ?? { id: '' });
    await settle(ctx);
  }
  ctx.tick(31_000);
  await settle(ctx);
  const command = await findCommand(ctx, String(body['id']));
  return { ctx, charger, command, hasCrashed: table.hasCrashed };
}

const Results = z.object({
  items: z.array(z.object({ name: z.string(), outcome: z.string() })),
});

test('a crash between two calls of a command sends none twice, and what it tells is so', async () => {
  let crashed = 0;
  let whole = 0;
  for (const done of [true, false]) {
    for (let at = 0; at < 12; at += 1) {
      const { ctx, charger, command, hasCrashed } = await crashedAt(at, done);
      if (hasCrashed) crashed += 1;
      const keys = charger.asked().map(({ payload }) => payload['key']);
      expect(keys).toEqual(names.slice(0, keys.length));
      const ends = recordedEvents(ctx).filter(({ type }) =>
        /command\.(completed|failed)/.test(type),
      );
      expect(ends).toHaveLength(1);
      // An answer that was lost before it was stored, or a call before it was sent, has timed out.
      if (command?.status === 'completed') whole += 1;
      else expect(command?.status).toBe('timed_out');
      for (const { name, outcome } of Results.parse(command?.result?.data).items) {
        const isKnown = (await configuredValue(ctx, 'CP-1', name)) === '1';
        expect(isKnown).toBe(outcome === 'accepted');
        if (isKnown) expect(keys).toContain(name);
      }
    }
  }
  expect(crashed).toBeGreaterThan(4);
  expect(whole).toBeGreaterThan(crashed);
});
