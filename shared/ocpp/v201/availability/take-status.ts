import { reportOwnStatus } from '#shared/chargers/report-own-status.ts';
import { type ConnectorStatus, isConnectorNumber } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { occupiedStatus } from '#shared/connectors/occupied-status.ts';
import { reportStatus } from '#shared/connectors/report-status.ts';
import type { Context } from '#shared/core/context.ts';
import { markStopMissing } from '#shared/sessions/mark-stop-missing.ts';
import { findSession } from '#shared/sessions/session-view.ts';

const own = { Available: 'available', Unavailable: 'unavailable', Faulted: 'faulted' } as const;
const isOwn = (status: string): status is keyof typeof own => status in own;

export interface Availability {
  readonly evseId: number;
  readonly connectorId: number | undefined;
  readonly status: 'Available' | 'Occupied' | 'Reserved' | 'Unavailable' | 'Faulted';
  readonly at: string | undefined;
}

/** EVSE 0 is the charger itself. Occupied alone says little: the transaction tells which kind it is. */
export async function takeStatus(
  ctx: Context,
  chargerId: string,
  { evseId, connectorId, status: told, at }: Availability,
): Promise<void> {
  if (evseId === 0) {
    if (isOwn(told)) await reportOwnStatus(ctx, chargerId, own[told]);
    return;
  }
  if (!isConnectorNumber(evseId)) return;
  const connector = await locateConnector(ctx, chargerId, evseId, connectorId);
  const whole = connector.session_id ? await findSession(ctx, connector.session_id) : undefined;
  const status: ConnectorStatus =
    told === 'Occupied' ? occupiedStatus(connector, whole?.live) : told;
  const report = { chargerId, connector: connector.id, status };
  const { outdated } = await reportStatus(
    ctx,
    { ...report, errorCode: null, vendorErrorCode: null, at },
    connector,
  );
  if (whole && !outdated && status === 'Available') await markStopMissing(ctx, whole.session.id);
}
