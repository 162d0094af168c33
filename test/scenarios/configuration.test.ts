import { expect, test } from 'vitest';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';

/** A call to a charger, waited for. */
async function done(api: ApiClient, method: string, path: string, body: object) {
  const headers = { Prefer: 'wait=20' };
  return (await api.ask(method, path, { body, headers })).body;
}
const read = async (api: ApiClient, path: string) => (await api.ask('GET', path)).body;

test('simulated chargers tell and take their settings over their sockets', async () => {
  const { api } = await aSandboxHost({ speed: 1 });
  await eventually(async () =>
    expect(await read(api, '/v1/chargers?status=available')).toMatchObject({ total: 5 }),
  );

  const old = '/v1/chargers/BLR-014/configuration';
  expect(await done(api, 'POST', `${old}/refresh`, {})).toMatchObject({ status: 'completed' });
  expect((await read(api, old))['total']).toBeGreaterThan(15);
  const items = [
    { name: 'MeterValueSampleInterval', value: '45' },
    { name: 'NumberOfConnectors', value: '9' },
    { name: 'NoSuchKey', value: '1' },
  ];
  const outcomes = ['accepted', 'rejected', 'not_supported'].map((outcome) => ({ outcome }));
  expect(await done(api, 'PATCH', old, { items })).toMatchObject({
    status: 'completed',
    result: { outcome: 'partly_accepted', data: { items: outcomes } },
  });
  expect(await read(api, `${old}?name=MeterValueSampleInterval`)).toMatchObject({
    configuration: [{ value: '45', source: 'platform' }],
  });

  const modern = '/v1/chargers/BLR-015/configuration';
  const refresh = { what: 'full', monitors: true };
  expect(await done(api, 'POST', `${modern}/refresh`, refresh)).toMatchObject({
    status: 'completed',
  });
  expect((await read(api, modern))['total']).toBeGreaterThan(30);
  const heartbeat = { component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '77' };
  expect(await done(api, 'PATCH', modern, { items: [heartbeat] })).toMatchObject({
    result: { outcome: 'accepted' },
  });
  expect(await read(api, `${modern}?component=ocppcommctrlr&name=heartbeat`)).toMatchObject({
    configuration: [{ value: '77', unit: 's', data_type: 'integer' }],
  });

  const asked = { type: 'clear_cache', filter: {}, concurrency: 2 };
  const { body: batch } = await api.ask('POST', '/v1/command-batches', { body: asked });
  await eventually(async () =>
    expect(await read(api, `/v1/commands?batch_id=${batch['id']}`)).toMatchObject({
      batch: { status: 'completed', total: 5, by_status: { completed: 5 } },
    }),
  );
});
