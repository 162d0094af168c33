import { endpoint as listAuthorizations } from '#functions/api/tokens/list-authorizations.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { keys } from '#shared/db/keys.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import type { Organization } from '#shared/organizations/organization.ts';
import { call } from '#test/support/call.ts';
import { start16 } from '#test/support/charge-16.ts';
import { tell } from '#test/support/charge-201.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';

/** Changes settings of the organization. */
export const setting = (ctx: TestContext, set: Partial<Organization>) =>
  ctx.table.write([{ op: 'update', key: keys.organization('demo'), set }]);

/** What a charger is told of a token that is held to its reader. */
export async function shown(charger: OcppPeer, uid: string, type = 'ISO14443'): Promise<unknown> {
  if (charger.sender.version === 'ocpp1.6')
    return Object(await charger.call('Authorize', { idTag: uid }))['idTagInfo'];
  const answer = await charger.call('Authorize', { idToken: { idToken: uid, type } });
  return Object(answer)['idTokenInfo'];
}

/** The word for a start with a token, on a connector. */
export async function began(charger: OcppPeer, token: string, connector = 1): Promise<unknown> {
  if (charger.sender.version === 'ocpp1.6') {
    const report = start16({ idTag: token, connectorId: connector });
    return Object(await charger.call('StartTransaction', report))['idTagInfo'].status;
  }
  const evse = { id: connector, connectorId: 1 };
  const more = { type: 'Started', seq: 0, wh: 1_000_000, state: 'Charging' } as const;
  const answer = await tell(charger, { ...more, token, evse, tx: `TX-${token}-${connector}` });
  return Object(answer['idTokenInfo']).status;
}

/** What is kept of who was let charge, newest first. */
export async function authorizations(ctx: TestContext, query: object = {}) {
  const { body } = await call(ctx, listAuthorizations, { query: { ...query } });
  return Array.isArray(body['authorizations']) ? body['authorizations'] : [];
}

/** A second charger of the same site. */
export async function another(ctx: TestContext, version: OcppVersion): Promise<OcppPeer> {
  const known = { id: 'CP-2', site_id: 'BLR-IND', security_profile: 0 };
  await createCharger(ctx, NewCharger.parse(known));
  return aPeer(ctx, { id: 'CP-2', version, registered: true });
}
