import { Charger, Connection } from '#shared/chargers/charger.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { connectorItem } from '#shared/connectors/report-status.ts';
import { keys } from '#shared/db/keys.ts';
import { getCampaign, NewCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { viewNow } from '#shared/firmware-campaigns/campaign-view.ts';
import { createCampaign } from '#shared/firmware-campaigns/create-campaign.ts';
import { receive } from '#shared/ocpp/receive.ts';
import type { TestContext } from '#test/support/context.ts';
import { anImage } from '#test/support/firmware.ts';
import { settle } from '#test/support/settle.ts';

const PER_WRITE = 30;
export const chargerAt = (n: number) => `F-${String(n).padStart(4, '0')}`;

/** Chargers F-0000 … that are online and free, run 4.2.1 and speak OCPP 1.6; quicker than to connect them. */
export async function aFleet(
  ctx: TestContext,
  n: number,
  differences: (n: number) => Partial<Charger> = () => ({}),
): Promise<void> {
  const at = ctx.now().toISOString();
  for (let i = 0; i < n; i += PER_WRITE) {
    const batch = Array.from({ length: Math.min(PER_WRITE, n - i) }, (_, k) => i + k);
    await ctx.table.write(
      batch.flatMap((k) => {
        const id = chargerAt(k);
        const charger = Charger.parse({
          id,
          model: 'MX-EV-22',
          firmware_version: '4.2.1',
          ocpp_version: '1.6',
          ocpp_identity: id,
          connector_ids: [1],
          booted_at: at,
          created_at: at,
          updated_at: at,
          version: 1,
          ...differences(k),
        });
        const connector = Connector.parse({ charger_id: id, id: 1, status: 'Available' });
        return [
          { op: 'put', item: chargerItem(ctx, charger) },
          { op: 'put', item: connectorItem(ctx, connector) },
          { op: 'put', item: connectionItem(ctx, id, 'online') },
        ];
      }),
    );
  }
}

const connectionItem = (ctx: TestContext, id: string, state: Connection['state']) => ({
  ...Connection.parse({
    charger_id: id,
    connection_id: state === 'online' ? `socket-of-${id}` : null,
    state,
    since: ctx.now().toISOString(),
    last_seen_at: ctx.now().toISOString(),
    ocpp_version: '1.6',
    version: 1,
  }),
  ...keys.connection(ctx.tenantId, id),
});

/** It goes out of reach, or comes back. */
export const setReach = (ctx: TestContext, n: number, state: 'online' | 'offline') =>
  ctx.table.write([{ op: 'put', item: connectionItem(ctx, chargerAt(n), state) }]);

/** What its connector says. */
export const setConnector = (ctx: TestContext, n: number, status: Connector['status']) =>
  ctx.table.write([
    {
      op: 'put',
      item: connectorItem(ctx, Connector.parse({ charger_id: chargerAt(n), id: 1, status })),
    },
  ]);

/** How the update of a charger turns out. */
export type Fate = 'installed' | 'failed' | 'silent';

const heard = new WeakMap<TestContext['table'], number>();

/**
 * Lets everything happen that is due now: each charger that is asked to update agrees, and tells at once
 * how it turned out.
 */
export async function playUpdates(
  ctx: TestContext,
  fateOf: (charger: string) => Fate = () => 'installed',
): Promise<string[]> {
  const updated: string[] = [];
  for (;;) {
    await settle(ctx);
    const from = heard.get(ctx.table) ?? 0;
    const frames = ctx.sent.ocpp.slice(from);
    if (frames.length === 0) return updated;
    heard.set(ctx.table, ctx.sent.ocpp.length);
    for (const { connectionId, json } of frames) {
      const id = connectionId.replace('socket-of-', '');
      if (!Array.isArray(json) || json[2] !== 'UpdateFirmware') continue;
      updated.push(id);
      await say(ctx, id, [3, json[1], {}]);
      const fate = fateOf(id);
      if (fate !== 'silent') await tell(ctx, id, fate);
    }
  }
}

/** A charger tells how its update goes. */
export async function tell(ctx: TestContext, id: string, fate: 'installed' | 'failed') {
  const statuses = fate === 'installed' ? ['Downloading', 'Installed'] : ['DownloadFailed'];
  for (const status of statuses) await report(ctx, id, status);
}

export const report = (ctx: TestContext, id: string, status: string) =>
  say(ctx, id, [2, ctx.newId('msg'), 'FirmwareStatusNotification', { status }]);

async function say(ctx: TestContext, id: string, frame: unknown[]) {
  await receive(
    ctx,
    {
      chargerId: id,
      identity: id,
      connectionId: `socket-of-${id}`,
      version: 'ocpp1.6',
      registered: true,
    },
    JSON.stringify(frame),
  );
  // Answers to what it said are none of its business.
  const { sent } = ctx;
  heard.set(ctx.table, heard.get(ctx.table) ?? sent.ocpp.length);
}

export async function aCampaign(
  ctx: TestContext,
  asked: Partial<Parameters<typeof NewCampaign.parse>[0] & object> = {},
) {
  const firmware_image_id = await anImage(ctx);
  const body = NewCampaign.parse({ name: '4.3.0', firmware_image_id, targets: {}, ...asked });
  const { id } = await createCampaign(ctx, body);
  const now = async () => viewNow(ctx, await getCampaign(ctx, id));
  return { id, now };
}
