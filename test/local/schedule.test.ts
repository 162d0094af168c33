import { afterEach, expect, test, vi } from 'vitest';
import { loadJobs } from '#lib/registry.ts';
import { Schedule } from '#local/schedule.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { useTestRuntime } from '#test/support/runtime.ts';
import { settle } from '#test/support/settle.ts';

afterEach(() => void vi.useRealTimers());

const DAY = 86_400_000;

// The whole way of a job: found by its folder, called by the clock, through its own handler.
test('a job runs a minute after the start, and then by its own clock', async () => {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
  await charger.say('SignCertificate', { csr: (await aSigningRequest()).pem });
  await settle(ctx);
  await charger.answer({ status: 'Accepted' });
  await settle(ctx);
  useTestRuntime(ctx);
  const told = () =>
    recordedEvents(ctx).filter(({ type }) => type === 'certificate.expiring').length;
  const jobs = (await loadJobs()).filter(({ value }) => value.id === 'tell-expiring-certificates');
  vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'] });
  const schedule = new Schedule(ctx.log);
  schedule.start(jobs);
  ctx.tick(336 * DAY);
  vi.advanceTimersByTime(60_000);
  await schedule.stop();
  expect(told()).toBe(1);
  const again = new Schedule(ctx.log);
  again.start(jobs);
  ctx.tick(23 * DAY);
  vi.advanceTimersByTime(DAY);
  await again.stop();
  expect(told()).toBe(2);
});
