import { Charger } from '#shared/chargers/charger.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { connectorItem } from '#shared/connectors/report-status.ts';
import type { TestContext } from '#test/support/context.ts';

const PER_WRITE = 50;

/** Rows of `n` chargers `C-00000` …, each with one connector; quicker than to register them. */
export async function manyChargers(ctx: TestContext, n: number): Promise<string[]> {
  const at = ctx.now().toISOString();
  const ids = Array.from({ length: n }, (_, i) => `C-${String(i).padStart(5, '0')}`);
  for (let i = 0; i < n; i += PER_WRITE) {
    const batch = ids.slice(i, i + PER_WRITE);
    await ctx.table.write(
      batch.flatMap((id) => [
        { op: 'put', item: chargerItem(ctx, aRow(id, at)) },
        { op: 'put', item: connectorItem(ctx, Connector.parse({ charger_id: id, id: 1 })) },
      ]),
    );
  }
  return ids;
}

const aRow = (id: string, at: string): Charger =>
  Charger.parse({
    id,
    model: 'MX-EV-22',
    ocpp_identity: id,
    connector_ids: [1],
    created_at: at,
    updated_at: at,
    version: 1,
  });
