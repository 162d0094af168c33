import { describe, expect, test } from 'vitest';
import type { Table } from '#shared/core/table.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { aSecuredCharger, type SecuredWorld } from '#test/support/secured-charger.ts';
import { settle } from '#test/support/settle.ts';

/** The passwords the charger was ever told, the one it began with first. */
const passwordsOf = ({ charger, password }: SecuredWorld) => [
  password,
  ...charger
    .asked()
    .filter(({ action }) => action === 'ChangeConfiguration')
    .map(({ payload }) => String(Object(payload).value)),
];

/**
 * A rotation in which the platform dies at its nth write, before or after it, and everything that is
 * repeated is repeated. The charger takes the password it is told, whether its answer arrives or not.
 */
async function survives(at: number, done: boolean, isAnswerLost: boolean): Promise<boolean> {
  const world = await aSecuredCharger();
  const { ctx, charger, rotate, knock } = world;
  const dying = new CrashingTable(ctx.table, { at, done });
  const over = <T>(work: Promise<T>) => work.catch(() => undefined);
  await over(rotate({}, { ...ctx, table: dying as Table }));
  await settle(ctx);
  const asked = charger.asked().find(({ action }) => action === 'ChangeConfiguration');
  if (asked && !isAnswerLost) {
    await over(charger.say(JSON.stringify([3, asked.id, { status: 'Accepted' }]), dying));
    await settle(ctx);
  }
  // All that has a time limit runs into it.
  ctx.tick(120 * 86_400_000);
  await settle(ctx);
  // What the charger has: the last it was told, if it was told anything.
  const has = passwordsOf(world).at(-1) ?? '';
  expect(await knock({ password: has }), `write ${at}, done ${done}`).toBe(200);
  return dying.hasCrashed;
}

describe.each([true, false])('a charger whose answer is lost: %s', (isAnswerLost) => {
  test('comes in by the password it has, wherever the platform died', async () => {
    let crashes = 0;
    for (let at = 0; at < 40; at++) {
      const [before, after] = [
        await survives(at, false, isAnswerLost),
        await survives(at, true, isAnswerLost),
      ];
      if (!before && !after) break;
      crashes++;
    }
    expect(crashes).toBeGreaterThan(isAnswerLost ? 1 : 4);
  });
});
