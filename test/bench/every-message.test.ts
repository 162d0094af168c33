import { expect, test } from 'vitest';
import { commandUnits } from '#bench/units/command-units.ts';
import { ocppUnits } from '#bench/units/ocpp-units.ts';
import { buildSite } from '#bench/units/site.ts';
import type { Protocol } from '#shared/ocpp/action.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';

const [of16, of201] = await ocppUnits(await buildSite({ charges: 1 }));

const actionsIn = (table: typeof of16) =>
  new Set((table?.rows ?? []).map(([what]) => String(what).split(/[ ,]/)[0]));
const heard = ({ inbound }: Protocol) => inbound.map(({ action }) => action);

test('every message that a charger can send has its units counted', () => {
  expect([...actionsIn(of16)]).toEqual(expect.arrayContaining(heard(ocpp16)));
  expect([...actionsIn(of201)]).toEqual(expect.arrayContaining(heard(ocpp201)));
});

test('every command is counted in both versions, and reaches its charger', async () => {
  const { rows } = await commandUnits();
  const ofVersion = (version: string) => rows.filter((row) => row[1] === version);
  expect(ofVersion('1.6').map(([what]) => what)).toEqual(ofVersion('2.0.1').map(([what]) => what));
  for (const [what, , frames] of rows) expect(frames, String(what)).toBeGreaterThanOrEqual(2);
});
