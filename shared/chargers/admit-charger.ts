import { findKnownCertificate } from '#shared/certificates/known-certificate.ts';
import { Charger } from '#shared/chargers/charger.ts';
import {
  type Brought,
  type Entrance,
  judgeEntrance,
  type Refusal,
} from '#shared/chargers/entrance.ts';
import { newsOf } from '#shared/chargers/entrance-news.ts';
import { recordRefusal } from '#shared/chargers/unclaimed.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { Organization } from '#shared/organizations/organization.ts';
import { recordSecurityEvent } from '#shared/security-events/record-security-event.ts';

export interface Knock extends Omit<Brought, 'known'> {
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
      /** How it came in. */
      readonly entrance: Entrance;
      /** Whether that is to be told to `confirmEntrance`. */
      readonly isNews: boolean;
    }
  | { readonly verdict: 'unauthorized'; readonly because: Refusal }
  | { readonly verdict: 'not_found' };

/**
 * May this identity open a socket? `not_found` for an identity we do not know (or an organization
 * that is not there), `unauthorized` for a known one that brings the wrong secret, or too little:
 * OCPP-J answers 404 and 401.
 */
export async function admitCharger(ctx: Context, knock: Knock): Promise<Admission> {
  const item = await ctx.table.get(keys.organization(ctx.tenantId));
  if (!item) return { verdict: 'not_found' };
  const organization = Organization.parse(item);
  const within: Context = { ...ctx, livemode: organization.livemode };
  const charger = await findByIdentity(within, knock.identity);
  if (!charger || charger.decommissioned) return stranger(within, organization, knock);
  const { certificate } = knock;
  const known = certificate && (await findKnownCertificate(within, certificate.fingerprint));
  const entrance = judgeEntrance(organization, charger, { ...knock, known }, isoNow(ctx));
  if (typeof entrance === 'string') return refuse(within, charger, knock, entrance);
  return {
    verdict: 'allow',
    livemode: organization.livemode,
    chargerId: charger.id,
    registered: true,
    organization,
    charger,
    registration: charger.registration,
    entrance,
    isNews: known?.isNew || newsOf(charger, entrance) !== undefined,
  };
}

const eventTypes: Readonly<Record<Refusal, string>> = {
  bad_credentials: 'BadCredentials',
  bad_certificate: 'BadCertificate',
  downgrade: 'DowngradeRefused',
};

/** A charger that is refused tries again and again: the first time in an hour is told. */
async function refuse(
  ctx: Context,
  { id: chargerId }: Charger,
  knock: Knock,
  because: Refusal,
): Promise<Admission> {
  await recordRefusal(ctx, { ...refused(knock), reason: 'bad_credentials' });
  await recordSecurityEvent(ctx, {
    chargerId,
    type: eventTypes[because],
    techInfo: knock.remoteIp,
    occurredAt: isoNow(ctx),
    source: 'platform',
    onceIn: 'hour',
  });
  return { verdict: 'unauthorized', because };
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
    entrance: { profile: 0, secret: null },
    isNews: false,
  };
}

const refused = ({ identity, remoteIp }: Knock) => ({ identity, remote_ip: remoteIp });
