import { describe, expect, test } from 'vitest';
import { completeDriverSignIn } from '#shared/drivers/complete-sign-in.ts';
import { findDriverByEmail } from '#shared/drivers/driver.ts';
import { sendSignInCode } from '#shared/drivers/send-sign-in-code.ts';
import { startDriverSignIn } from '#shared/drivers/start-sign-in.ts';
import { updateDriver } from '#shared/drivers/update-driver.ts';
import { aDriver } from '#test/support/a-driver.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const email = 'asha@example.com';
const live = (more: object = {}) =>
  testContext({ tenantId: 'real', livemode: true, organization: { livemode: true, ...more } });

/** The code in the newest letter to somebody. */
const codeTo = (ctx: TestContext, address = email) =>
  /\b\d{6}\b/.exec(ctx.mail.sent.filter(({ to }) => to === address).at(-1)?.text ?? '')?.[0] ?? '';

async function started(ctx: TestContext, address = email) {
  const { challenge_id } = await startDriverSignIn(ctx, { email: address });
  await settle(ctx);
  return challenge_id;
}
const complete = (ctx: TestContext, challenge_id: string, code: string) =>
  completeDriverSignIn(ctx, { challenge_id, code });
const changes = (ctx: TestContext) => ctx.table.stream.read(0, 1_000_000).length;
const another = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a driver signs in', () => {
  test('by the code of a letter, once', async () => {
    const ctx = live();
    const driver = await aDriver(ctx, { email });
    const id = await started(ctx, ' Asha@Example.COM');
    expect(ctx.mail.sent).toMatchObject([
      { to: email, subject: expect.stringContaining(codeTo(ctx)) },
    ]);
    expect(await complete(ctx, id, codeTo(ctx))).toEqual({ driver });
    expect(await complete(ctx, id, codeTo(ctx))).toEqual({ refused: 'expired' });
  });

  test('with the code as people type it', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    const code = codeTo(ctx);
    expect(await complete(ctx, id, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toHaveProperty(
      'driver',
    );
  });

  test('not by another code, and no more after five tries', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    const code = codeTo(ctx);
    for (const refused of ['wrong_code', 'wrong_code', 'wrong_code', 'wrong_code', 'expired'])
      expect(await complete(ctx, id, another(code))).toEqual({ refused });
    expect(await complete(ctx, id, code)).toEqual({ refused: 'expired' });
  });

  test('one of many who try the same right code at one moment', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => complete(ctx, id, codeTo(ctx))));
    expect(all.filter(({ driver }) => driver)).toHaveLength(1);
  });

  test('within ten minutes', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const [early, late] = [await started(ctx), await started(ctx)];
    const code = codeTo(ctx);
    ctx.tick(10 * MINUTE - 1);
    expect(await complete(ctx, early, code)).toEqual({ refused: 'wrong_code' });
    ctx.tick(1);
    expect(await complete(ctx, late, code)).toEqual({ refused: 'expired' });
  });

  test('not where the driver is blocked, which is told to who has proved the email alone', async () => {
    const ctx = live();
    const { id: driver } = await aDriver(ctx, { email });
    const id = await started(ctx);
    await updateDriver(ctx, driver, { status: 'blocked' });
    expect(await complete(ctx, id, another(codeTo(ctx)))).toEqual({ refused: 'wrong_code' });
    expect(await complete(ctx, id, codeTo(ctx))).toEqual({ refused: 'blocked' });
    const letters = ctx.mail.sent.length;
    await started(ctx);
    expect(ctx.mail.sent).toHaveLength(letters);
  });

  test('of one organization in no other', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    const other = ctx.as({ tenantId: 'other', organization: { livemode: true } });
    expect(await complete(other, id, codeTo(ctx))).toEqual({ refused: 'expired' });
  });

  test('with the code of everybody in test mode, where no letter is sent', async () => {
    const ctx = testContext();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    expect(ctx.mail.sent).toEqual([]);
    expect(await complete(ctx, id, '424242')).toMatchObject({ driver: { email } });
  });
});

describe('an email that no driver has', () => {
  test('is answered as one that a driver has, and written down the same', async () => {
    const [known, unknown] = [live(), live()];
    await aDriver(known, { email });
    const rows = async (ctx: TestContext) => {
      const before = changes(ctx);
      const answer = await startDriverSignIn(ctx, { email });
      return {
        fields: Object.keys(answer),
        expires_at: answer.expires_at,
        rows: changes(ctx) - before,
      };
    };
    expect(await rows(unknown)).toEqual(await rows(known));
    const id = await started(unknown);
    expect(unknown.mail.sent).toEqual([]);
    expect(await complete(unknown, id, '000000')).toEqual({ refused: 'wrong_code' });
  });

  test('becomes a driver by its code where the organization lets drivers sign up', async () => {
    const ctx = live({ drivers_may_sign_up: true });
    const id = await started(ctx);
    expect(await findDriverByEmail(ctx, email)).toBeUndefined();
    const { driver } = await complete(ctx, id, codeTo(ctx));
    expect(driver).toMatchObject({ email, status: 'active', name: null });
    expect(recordedEvents(ctx)).toMatchObject([{ type: 'driver.created', subject: driver?.id }]);
  });

  test('becomes one driver, though two codes are used at one moment', async () => {
    const ctx = live({ drivers_may_sign_up: true });
    const first = await started(ctx);
    const one = codeTo(ctx);
    const second = await started(ctx);
    const both = await Promise.all([complete(ctx, first, one), complete(ctx, second, codeTo(ctx))]);
    const [a, b] = both.map(({ driver }) => driver?.id);
    expect(a).toBeDefined();
    expect(b).toBe(a);
  });

  test('signs up by itself in test mode, and not in live mode, unless it is said', async () => {
    const ctx = testContext();
    const id = await started(ctx);
    expect(await complete(ctx, id, '424242')).toHaveProperty('driver');
    const closed = testContext({ organization: { drivers_may_sign_up: false } });
    expect(await complete(closed, await started(closed), '424242')).toEqual({ refused: 'expired' });
  });
});

describe('codes', () => {
  test('are six digits, others for each sign-in, and lie nowhere', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const codes = new Set<string>();
    for (let n = 0; n < 5; n++) {
      await started(ctx);
      codes.add(codeTo(ctx));
    }
    expect([...codes].filter((code) => /^\d{6}$/.test(code))).toHaveLength(5);
    const stored = JSON.stringify(ctx.table.stream.read(0, 1_000_000));
    for (const code of codes) expect(stored).not.toContain(code);
  });

  test('go out once, however often the worker runs', async () => {
    const ctx = live();
    await aDriver(ctx, { email });
    const id = await started(ctx);
    await sendSignInCode(ctx, id);
    await settle(ctx);
    expect(ctx.mail.sent).toHaveLength(1);
  });

  test('are asked for five times in ten minutes and twenty times a day for one address', async () => {
    const ctx = live();
    const ask = () => startDriverSignIn(ctx, { email });
    for (let turn = 0; turn < 4; turn++) {
      for (let n = 0; n < 5; n++) await ask();
      const refused = { code: 'rate_limited', retryAfter: expect.any(Number) };
      await expect(ask()).rejects.toMatchObject(refused);
      await startDriverSignIn(ctx, { email: `other${turn}@example.com` });
      ctx.tick(10 * MINUTE);
    }
    await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
    ctx.tick(24 * 60 * MINUTE);
    await ask();
  });

  test('are asked for 300 times in ten minutes in one organization, whoever asks', async () => {
    const ctx = live();
    for (let n = 0; n < 300; n++) await startDriverSignIn(ctx, { email: `d${n}@example.com` });
    await expect(startDriverSignIn(ctx, { email })).rejects.toMatchObject({ code: 'rate_limited' });
    const other = ctx.as({ tenantId: 'other', organization: { livemode: true } });
    await startDriverSignIn(other, { email });
  });

  test.each([
    '',
    'asha',
    'a@b',
    `${'x'.repeat(250)}@example.com`,
    'a@example.com\nBcc: b@example.com',
  ])('are not sent to %j', async (address) => {
    const sent = startDriverSignIn(live(), { email: address });
    await expect(sent).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
