import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Protocol } from '#shared/ocpp/action.ts';
import { actionsOf, validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';

const root = join(import.meta.dirname, '../../shared/ocpp');

/** Where the files of a folder that are in a subfolder of it each hold one action. */
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.includes('/') && path.endsWith('.ts'));

async function actionsIn(folder: string): Promise<{ inbound: string[]; outbound: string[] }> {
  const found = { inbound: [] as string[], outbound: [] as string[] };
  for (const path of filesOf(folder)) {
    const module: Record<string, unknown> = await import(join(root, folder, path));
    for (const value of Object.values(module)) {
      if (typeof value !== 'object' || value === null || !('action' in value)) continue;
      ('run' in value ? found.inbound : found.outbound).push(String(value.action));
    }
  }
  return { inbound: found.inbound.sort(), outbound: found.outbound.sort() };
}

const names = (list: readonly { action: string }[]) => list.map(({ action }) => action).sort();

describe.each([
  ['v16', ocpp16],
  ['v201', ocpp201],
] as const)('%s', (folder, protocol: Protocol) => {
  const { version, inbound, outbound } = protocol;

  test('lists every action that its folder holds, and no other, each once', async () => {
    const listed = { inbound: names(inbound), outbound: names(outbound) };
    expect(listed).toEqual(await actionsIn(folder));
    expect(new Set(listed.inbound).size).toBe(listed.inbound.length);
    // One action may carry out several commands, each told apart.
    const carried = outbound.map(({ action, command }) => `${action} ${command}`);
    expect(new Set(carried).size).toBe(carried.length);
  });

  test.each(inbound)(
    'answers $action with one valid result, and when it is repeated too',
    async ({ action, example }) => {
      const valid = await validatorFor(version, action, 'request');
      const validAnswer = await validatorFor(version, action, 'response');
      expect(valid(example)).toBeUndefined();
      const charger = await aPeer(testContext({ at: '2026-11-22T11:00:00.000Z' }), { version });
      const first = await charger.call(action, example, 'same');
      expect(validAnswer(first)).toBeUndefined();
      const again = await charger.call(action, example, 'same');
      expect(again).toEqual(first);
    },
  );

  test.each(outbound)('has a valid example of $action', async ({ action, example }) => {
    const valid = await validatorFor(version, action, 'request');
    expect(valid(example)).toBeUndefined();
  });

  // Gotcha 14.
  test('says of every other action whether it is unknown or only not supported', async () => {
    const charger = await aPeer(testContext(), { version });
    const spoken = names(inbound);
    const others = actionsOf(version).filter((action) => !spoken.includes(action));
    expect(others.length).toBeGreaterThan(10);
    for (const action of others) expect(await charger.refusal(action)).toBe('NotSupported');
    for (const action of ['Nonsense', 'heartbeat', '__proto__', 'constructor'])
      expect(await charger.refusal(action)).toBe('NotImplemented');
  });

  // Gotcha 14: two codes are spelled otherwise in 1.6.
  test('spells its error codes as its version does', async () => {
    const charger = await aPeer(testContext(), { version });
    const is16 = version === 'ocpp1.6';
    expect(await charger.refusal('Authorize', {})).toBe(
      is16 ? 'OccurenceConstraintViolation' : 'OccurrenceConstraintViolation',
    );
    expect(await charger.refusal('Heartbeat', 'text')).toBe(
      is16 ? 'FormationViolation' : 'FormatViolation',
    );
    const wrong = is16
      ? await charger.refusal('Authorize', { idTag: {} })
      : await charger.refusal('Authorize', { idToken: 7 });
    expect(wrong).toBe('TypeConstraintViolation');
  });

  test('sends no frame for an answer, an error or noise', async () => {
    const charger = await aPeer(testContext(), { version });
    const unheard = [
      '[3,"1",{"status":"Accepted"}]',
      '[3,"1"]',
      '[4,"1","InternalError","",{}]',
      '[4,"1","NoSuchCode"]',
    ];
    for (const text of unheard) expect(await charger.say(text)).toEqual([]);
  });
});

// Gotcha 13: 1.6 drops what it cannot read; 2.0.1 says so, with the id -1 where it has none.
test.each([
  ['ocpp1.6', 'noise', undefined],
  ['ocpp1.6', '[9,"1",{}]', undefined],
  ['ocpp1.6', '[2,"7","Heartbeat",{', ['7', 'FormationViolation']],
  ['ocpp2.0.1', 'noise', ['-1', 'RpcFrameworkError']],
  ['ocpp2.0.1', '[9,"1",{}]', ['1', 'MessageTypeNotSupported']],
  ['ocpp2.0.1', '[2,"7","Heartbeat",{', ['7', 'RpcFrameworkError']],
] as const)('%s answers %s as its version asks', async (version, text, answer) => {
  const charger = await aPeer(testContext(), { version });
  const frames = await charger.say(text);
  expect(frames.map(({ json }) => json)).toEqual(
    answer ? [[4, ...answer, expect.any(String), {}]] : [],
  );
});
