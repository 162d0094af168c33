import { describe, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint } from '#functions/api/commands/list-commands.ts';
import { deleteCharger } from '#shared/chargers/update-charger.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';

async function list(ctx: TestContext, query: object = {}) {
  const { body } = await call(ctx, endpoint, { query: { charger_id: 'BLR-014', ...query } });
  const commands = Array.isArray(body['commands']) ? body['commands'] : [];
  return { ids: commands.map((c) => c.id), total: body['total'], next: body['next_cursor'] };
}

/** A cleared cache, answered; a reset, sent; a trigger, queued. Their ids, newest first. */
async function threeCommands(ctx: TestContext) {
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
  const charger = await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
  const of = (type: string, input: Record<string, unknown>) =>
    requestCommand(ctx, { type, chargerId: 'BLR-014', input });
  const cleared = await of('clear_cache', {});
  await charger.answer({ status: 'Accepted' });
  const reset = await of('reset', { type: 'soft' });
  const trigger = await of('trigger_message', { message: 'boot' });
  return { ids: [trigger.id, reset.id, cleared.id], charger };
}

describe('listCommands', () => {
  test('gives the commands of a charger, newest first, a page at a time', async ({ expect }) => {
    const ctx = testContext();
    const { ids } = await threeCommands(ctx);
    expect(await list(ctx)).toEqual({ ids, total: null, next: null });
    const first = await list(ctx, { limit: 2 });
    const second = await list(ctx, { limit: 2, cursor: first.next });
    expect([...first.ids, ...second.ids]).toEqual(ids);
  });

  test('narrows by type and status', async ({ expect }) => {
    const ctx = testContext();
    const { ids } = await threeCommands(ctx);
    const [trigger, reset, cleared] = ids;
    expect((await list(ctx, { type: 'reset,clear_cache' })).ids).toEqual([reset, cleared]);
    expect((await list(ctx, { status: 'queued' })).ids).toEqual([trigger]);
    expect((await list(ctx, { status: 'completed' })).ids).toEqual([cleared]);
  });

  test('keeps those of a charger that was retired', async ({ expect }) => {
    const ctx = testContext();
    const { ids } = await threeCommands(ctx);
    await deleteCharger(ctx, 'BLR-014');
    expect((await list(ctx)).ids).toEqual(ids);
  });

  test('shows none of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    const { ids } = await threeCommands(ctx);
    expect((await list(ctx.as({ tenantId: 'other' }))).ids).toEqual([]);
    expect((await list(ctx.as(keyOfSites('BLR-KOR')))).ids).toEqual([]);
    expect((await list(ctx.as(keyOfSites('BLR-IND')))).ids).toEqual(ids);
  });

  test('narrows by time', async ({ expect }) => {
    const ctx = testContext();
    const { ids, charger } = await threeCommands(ctx);
    ctx.tick(60_000);
    const at = ctx.now().toISOString();
    await charger.answer({ status: 'Accepted' });
    const { id } = await requestCommand(ctx, {
      type: 'clear_cache',
      chargerId: 'BLR-014',
      input: {},
    });
    expect((await list(ctx, { created_after: at })).ids).toEqual([id]);
    expect((await list(ctx, { created_before: at })).ids).toEqual(ids);
    const later = new Date(ctx.now().getTime() + 1).toISOString();
    expect((await list(ctx, { created_before: later })).ids).toEqual([id, ...ids]);
    expect((await list(ctx, { created_after: later })).ids).toEqual([]);
  });

  test('asks for a charger or a batch', async ({ expect }) => {
    const { status, body } = await call(testContext(), endpoint);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'charger_id', code: 'required' }] });
  });
});

describe('getCommand', () => {
  test('knows no command of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    const { ids } = await threeCommands(ctx);
    const read = async (who: TestContext) =>
      (await call(who, getCommand, { params: { command_id: ids[0] } })).status;
    expect(await read(ctx)).toBe(200);
    expect(await read(ctx.as(keyOfSites('BLR-IND')))).toBe(200);
    expect(await read(ctx.as(keyOfSites('BLR-KOR')))).toBe(404);
    expect(await read(ctx.as({ tenantId: 'other' }))).toBe(404);
  });
});
