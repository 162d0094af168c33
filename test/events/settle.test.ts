import { expect, test } from 'vitest';
import { listEvents } from '#shared/events/list-events.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { testContext } from '#test/support/context.ts';
import { settle } from '#test/support/settle.ts';

test('takes what was committed to the event log, and leaves nothing to do', async () => {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  await settle(ctx);
  await settle(ctx);
  const { events } = await listEvents(ctx, {}, { limit: 50 });
  expect(events.map(({ type, subject }) => [type, subject.id])).toEqual([
    ['site.created', 'BLR-IND'],
  ]);
});
