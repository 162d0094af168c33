import { describe, expect, it } from 'vitest';
import { AuthorizationView } from '#shared/authorizations/authorization.ts';
import { Command } from '#shared/commands/command.ts';
import { listOf } from '#shared/http/list.ts';
import { TokenView } from '#shared/tokens/token-view.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { aSimulator } from '#test/support/sandbox-simulator.ts';

const Authorizations = listOf('authorizations', AuthorizationView);

const card = (api: ApiClient, uid: string) => api.post('/v1/tokens', { uid }, TokenView);

async function sync(api: ApiClient, charger: string): Promise<Command> {
  const path = `/v1/chargers/${charger}/local-list/sync`;
  const begun = await api.post(path, {}, Command);
  return eventually(async () => {
    const command = await api.get(`/v1/commands/${begun.id}`, Command);
    expect(command.completed_at).not.toBeNull();
    return command;
  });
}

describe.each(['BLR-014', 'BLR-015'])('the list of %s', (id) => {
  it('goes over the wire in messages, and then in differences', async () => {
    const { ready, api } = await aSandboxHost();
    const simulator = await aSimulator(ready.ocpp, id, {});
    const [first] = await Promise.all(
      Array.from({ length: 70 }, (_, n) => card(api, `04AA${String(n).padStart(10, '0')}`)),
    );
    expect(await sync(api, id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'synced', data: { mode: 'full', version: 2, entries: 70, sent: 70 } },
    });
    await api.patch(`/v1/tokens/${first?.id}`, { status: 'lost' }, TokenView);
    expect(await sync(api, id)).toMatchObject({
      status: 'completed',
      result: { data: { mode: 'differential', version: 3, entries: 69, sent: 1 } },
    });
    const { version, tags } = simulator.state().store.localList;
    expect([version, tags.length]).toEqual([3, 69]);
  });
});

describe('a card', () => {
  it('that is held to a charger starts its charge, and both decisions are kept', async () => {
    const { ready, api } = await aSandboxHost();
    const simulator = await aSimulator(ready.ocpp, 'BLR-014', {});
    await api.whenFree('BLR-014');
    const { id } = await card(api, '04A2B3C4D5E680');
    simulator.plugIn(1);
    simulator.tap('04A2B3C4D5E680');
    const path = '/v1/authorizations?uid=04a2b3c4d5e680&result=accepted';
    const { authorizations } = await eventually(async () => {
      const list = await api.get(path, Authorizations);
      expect(list.authorizations).toHaveLength(2);
      return list;
    });
    expect(authorizations).toMatchObject([
      { purpose: 'start', token_id: id, session_id: expect.stringMatching(/^sess_/) },
      { purpose: 'present', token_id: id, session_id: null },
    ]);
    expect(await api.get(`/v1/tokens/${id}`, TokenView)).toMatchObject({
      last_used_charger_id: 'BLR-014',
    });
  });
});
