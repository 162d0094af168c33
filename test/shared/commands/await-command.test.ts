import { describe, test } from 'vitest';
import { awaitCommand } from '#shared/commands/await-command.ts';
import { readWait } from '#shared/http/prefer.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';

describe('awaitCommand', () => {
  test('looks at growing intervals until the command has ended', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { id } = await requestCommand(ctx, {
      type: 'clear_cache',
      chargerId: charger.id,
      input: {},
    });
    const pauses: number[] = [];
    const command = await awaitCommand(ctx, id, 20, async (ms) => {
      pauses.push(ms);
      if (pauses.length === 3) await charger.answer({ status: 'Accepted' });
    });
    expect(command).toMatchObject({ status: 'completed' });
    expect(pauses).toEqual([100, 150, 225]);
  });

  test('gives the command as it stands when the time is over, and waits no longer', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { id } = await requestCommand(ctx, {
      type: 'clear_cache',
      chargerId: charger.id,
      input: {},
    });
    const pauses: number[] = [];
    const command = await awaitCommand(ctx, id, 3, async (ms) => pauses.push(ms));
    expect(command).toMatchObject({ status: 'sent' });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(3000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1000);
  });
});

test.for([
  ['wait=5', 5],
  ['respond-async, wait=10', 10],
  ['wait = "7"; foo=1', 7],
  ['wait=600', 20],
  ['wait=0', 0],
  ['wait=soon', 0],
  ['', 0],
] as const)('Prefer: %s asks for %i seconds', ([prefer, seconds], { expect }) => {
  expect(readWait({ prefer })).toBe(seconds);
});
