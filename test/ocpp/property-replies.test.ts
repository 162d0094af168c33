import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { protocols } from '#shared/ocpp/protocols.ts';
import { readReply } from '#shared/ocpp/read-reply.ts';
import { ocppVersions } from '#shared/ocpp/version.ts';
import { testContext } from '#test/support/context.ts';
import { broken, payloadsOf } from '#test/support/schema-arbitrary.ts';

const options = { numRuns: 15, seed: 20_261_122, endOnFailure: true };

describe.each(ocppVersions)('%s', (version) => {
  const answers = payloadsOf(version);
  const named = protocols[version].outbound.map((outbound) => ({
    outbound,
    action: outbound.action,
    name: `${outbound.action} (${outbound.command ?? 'raw'})`,
  }));
  const peer = { chargerId: 'CP-1', identity: 'CP-1', connectionId: 'socket', version };
  const read = (
    ctx: ReturnType<typeof testContext>,
    about: (typeof named)[number],
    payload: unknown,
  ) => readReply(ctx, peer, about, { kind: 'result', id: 'msg', payload });

  // What a vendor's data must be, this schema does not say.
  const described = named.filter(({ action }) => action !== 'DataTransfer');

  test.each(described)('any legal answer to $name means something', async (about) => {
    const ctx = testContext();
    await fc.assert(
      fc.asyncProperty(answers(about.action, 'response'), async (payload) => {
        const outcome = await read(ctx, about, payload);
        expect(outcome, JSON.stringify(ctx.logs.at(-1))).not.toMatchObject({
          outcome: 'invalid_answer',
        });
        expect(outcome.response).toEqual(payload);
      }),
      options,
    );
  });

  test.each(named)('any broken answer to $name is at worst a failure', async (about) => {
    const ctx = testContext();
    await fc.assert(
      fc.asyncProperty(answers(about.action, 'response').chain(broken), async (payload) => {
        const outcome = await read(ctx, about, payload);
        expect(outcome.status).toMatch(/^(accepted|completed|rejected|failed)$/);
        // Only 2.1 has a word for it.
        const complaint = [[5, 'msg', 'FormatViolation', expect.any(String), {}]];
        const isComplained = version === 'ocpp2.1' && outcome.outcome === 'invalid_answer';
        const said = ctx.sent.ocpp.splice(0).map(({ json }) => json);
        expect(said).toEqual(isComplained ? complaint : []);
      }),
      options,
    );
  });
});
