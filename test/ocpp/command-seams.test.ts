import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { findByRequestNumber, newRequestNumber } from '#shared/commands/request-number.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { aPricedPeer } from '#test/support/ocpp-site.ts';

const trigger = { type: 'trigger_message', chargerId: 'CP-1', input: { message: 'heartbeat' } };

describe('what a charger can do', () => {
  test('is what its version has words for', async () => {
    const { ctx } = await aPricedPeer();
    const able = capabilitiesOf(await getCharger(ctx, 'CP-1'));
    expect(able).toMatchObject({ remote_start: true, reservation: true, display: false });
  });

  test('is nothing before it has ever connected', () => {
    const able = capabilitiesOf({ ocpp_version: null, abilities: {} });
    expect(Object.values(able).some(Boolean)).toBe(false);
  });

  test('is learned from its saying that it does not know an action', async () => {
    const { ctx, charger } = await aPricedPeer();
    await requestCommand(ctx, trigger);
    const { id } = charger.lastAsked();
    await charger.say(JSON.stringify([4, id, 'NotImplemented', '', {}]));
    expect(capabilitiesOf(await getCharger(ctx, 'CP-1')).remote_trigger).toBe(false);
    await expect(requestCommand(ctx, trigger)).rejects.toMatchObject({
      code: 'capability_not_supported',
      message: 'CP-1 (OCPP 1.6) lacks the capability remote_trigger.',
    });
  });
});

describe('a numbered request', () => {
  test('leads from the number in a report to its command, and never repeats', async () => {
    const { ctx } = await aPricedPeer();
    const requestNumber = await newRequestNumber(ctx, 'CP-1');
    const { command, writes } = newCommand(ctx, { ...trigger, requestNumber });
    await ctx.table.write(writes);
    expect(await findByRequestNumber(ctx, 'CP-1', requestNumber)).toEqual(command);
    expect(await newRequestNumber(ctx, 'CP-1')).toBe(requestNumber + 1);
    for (const unknown of [0, -1, 1.5, 4_000_000])
      expect(await findByRequestNumber(ctx, 'CP-1', unknown)).toBeUndefined();
  });
});
