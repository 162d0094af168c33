import { Charger } from '#shared/chargers/charger.ts';
import { passwordMatches } from '#shared/chargers/credentials.ts';
import { recordRefusal } from '#shared/chargers/unclaimed.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { Organization } from '#shared/organizations/organization.ts';

export interface Knock {
  readonly identity: string;
  /** What the Basic header carried, byte for byte; undefined without one. */
  readonly credentials: { readonly user: string; readonly password: Uint8Array } | undefined;
  readonly remoteIp: string | null;
}

export type Admission =
  | {
      readonly verdict: 'allow';
      readonly livemode: boolean;
      readonly chargerId: string;
      readonly registered: boolean;
      readonly organization: Organization;
      /** Its row, where it has one. */
      readonly charger?: Charger;
      readonly registration: Charger['registration'];
      readonly securityProfile: number;
    }
  | { readonly verdict: 'unauthorized' | 'not_found' };

/**
 * May this identity open a socket? `not_found` for an identity we do not know (or an organization
 * that is not there), `unauthorized` for a known one with the wrong password: OCPP-J answers 404 and 401.
 */
export async function admitCharger(ctx: Context, knock: Knock): Promise<Admission> {
  const item = await ctx.table.get(keys.organization(ctx.tenantId));
  if (!item) return { verdict: 'not_found' };
  const organization = Organization.parse(item);
  const within: Context = { ...ctx, livemode: organization.livemode };
  const charger = await findByIdentity(within, knock.identity);
  if (!charger || charger.decommissioned) return stranger(within, organization, knock);
  if (!mayEnter(organization, charger, knock)) {
    await recordRefusal(within, { ...refused(knock), reason: 'bad_credentials' });
    return { verdict: 'unauthorized' };
  }
  return {
    verdict: 'allow',
    livemode: organization.livemode,
    chargerId: charger.id,
    registered: true,
    organization,
    charger,
    registration: charger.registration,
    securityProfile: charger.security_profile,
  };
}

/** The charger that answers to this OCPP identity. */
export async function findByIdentity(ctx: Context, identity: string): Promise<Charger | undefined> {
  const pointer = await ctx.table.get(keys.identity(ctx.tenantId, identity));
  if (typeof pointer?.['charger_id'] !== 'string') return undefined;
  const item = await ctx.table.get(keys.charger(ctx.tenantId, pointer['charger_id']));
  return item && Charger.parse(item);
}

async function stranger(
  ctx: Context,
  organization: Organization,
  knock: Knock,
): Promise<Admission> {
  const taken = await ctx.table.get(keys.charger(ctx.tenantId, knock.identity));
  // Nobody becomes a charger that is there already by another identity, or was retired.
  if (taken || !organization.auto_register) {
    await recordRefusal(ctx, { ...refused(knock), reason: 'not_registered' });
    return { verdict: 'not_found' };
  }
  return {
    verdict: 'allow',
    livemode: organization.livemode,
    chargerId: knock.identity,
    registered: false,
    organization,
    registration: 'accepted',
    securityProfile: 0,
  };
}

function mayEnter(organization: Organization, charger: Charger, { identity, credentials }: Knock) {
  if (!charger.password) return organization.allow_unsecured && charger.security_profile === 0;
  if (!credentials || credentials.user !== identity) return false;
  return passwordMatches(charger.password, credentials.password);
}

const refused = ({ identity, remoteIp }: Knock) => ({ identity, remote_ip: remoteIp });
