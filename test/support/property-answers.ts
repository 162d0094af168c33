import * as fc from 'fast-check';
import { expect } from 'vitest';
import { protocols } from '#shared/ocpp/protocols.ts';
import { rpcErrorCodes, spellCode } from '#shared/ocpp/rpc/errors.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { broken, payloadsOf } from '#test/support/schema-arbitrary.ts';

/** The same messages in every run; another number finds others. */
const SEED = 20_261_122;

/**
 * Sends messages of one action to a charger in the middle of its life: each is answered with exactly
 * one frame, a valid result or an error of the version, and never with InternalError.
 */
export async function answersAny(
  version: OcppVersion,
  action: string,
  kind: 'legal' | 'broken',
  numRuns: number,
): Promise<void> {
  const valid = await validatorFor(version, action, 'request');
  const validAnswer = await validatorFor(version, action, 'response');
  const legal = payloadsOf(version)(action);
  const payloads = kind === 'legal' ? legal : legal.chain(broken);
  const ctx = testContext({ at: '2026-06-01T12:00:00.000Z' });
  const charger = await aPeer(ctx, { version });
  for (const { action: other, example } of protocols[version].inbound)
    await charger.say(JSON.stringify([2, other, other, example]));
  const codes = rpcErrorCodes.map((code) => spellCode(code, version));
  await fc.assert(
    fc.asyncProperty(payloads, async (payload) => {
      if (kind === 'legal') expect(valid(payload)).toBeUndefined();
      const before = ctx.logs.length;
      const frames = await charger.say(JSON.stringify([2, 'id', action, payload]));
      const answers = frames.map(({ json }) => (Array.isArray(json) ? json : [])).filter(isAnswer);
      expect(answers).toHaveLength(1);
      const [type, id, body] = answers[0] ?? [];
      expect(id).toBe('id');
      const errors = ctx.logs.slice(before).filter(({ level }) => level === 'error');
      expect(body, JSON.stringify(errors.map(({ fields }) => String(fields['error'])))).not.toBe(
        'InternalError',
      );
      if (type === 3) expect(validAnswer(body)).toBeUndefined();
      else expect(codes).toContain(body);
    }),
    { numRuns, seed: SEED, endOnFailure: true },
  );
}

const isAnswer = ([type]: readonly unknown[]) => type === 3 || type === 4;
