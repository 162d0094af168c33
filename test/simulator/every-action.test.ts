import { describe, expect, it } from 'vitest';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { KNOWN_ACTIONS_16 } from '#simulator/v16/known-actions.ts';
import { KNOWN_ACTIONS_201 } from '#simulator/v201/known-actions.ts';
import { EXAMPLES_16, EXAMPLES_201 } from '#test/simulator/example-requests.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

/** What the schema has against a payload; nothing, when it is valid. */
async function problems(
  version: OcppVersion,
  action: string,
  side: 'request' | 'response',
  payload: unknown,
) {
  const validate = await validatorFor(version, action, side);
  return validate(payload) ?? [];
}

const VERSIONS = [
  { version: 'ocpp1.6', actions: KNOWN_ACTIONS_16, examples: EXAMPLES_16, identity: 'BLR-014' },
  {
    version: 'ocpp2.0.1',
    actions: KNOWN_ACTIONS_201,
    examples: EXAMPLES_201,
    identity: 'BLR-015',
  },
] as const;

describe.each(VERSIONS)('a charger of $version', ({ version, actions, examples, identity }) => {
  it('has an example for each action of the platform', () => {
    expect(Object.keys(examples).sort()).toEqual([...actions].sort());
  });

  it.each([...actions])('answers %s as its schema says, and twice', async (action) => {
    const { payload = {}, status } = examples[action] ?? {};
    expect(await problems(version, action, 'request', payload)).toEqual([]);
    const one = new PaperCharger(sandboxCharger(identity)).online();
    const [type, , answer] = one.call(action, payload);
    expect(type).toBe(3);
    expect(await problems(version, action, 'response', answer)).toEqual([]);
    expect(answer).toMatchObject(status === undefined ? {} : { status });
    const [again, , other] = one.passes(10_000).online().call(action, payload);
    expect(again).toBe(3);
    expect(await problems(version, action, 'response', other)).toEqual([]);
  });

  it.each([...actions])('answers %s with an error, and lives, when it makes no sense', (action) => {
    const one = new PaperCharger(sandboxCharger(identity)).online();
    const nonsense = { id: {}, key: 4, requestId: 'x', connectorId: 'x', type: [], status: null };
    const [type] = one.call(action, nonsense);
    expect([3, 4]).toContain(type);
    expect(one.call('ClearCache', {})[0]).toBe(3);
  });
});
