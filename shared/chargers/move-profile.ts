import { findActiveCertificate } from '#shared/certificates/charger-certificate.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { profileSetting16, slotsSetting } from '#shared/chargers/credential-settings.ts';
import type { NetworkProfile } from '#shared/chargers/network-profile.ts';
import { saveCredentials } from '#shared/chargers/save-credentials.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { newPlan, type Step } from '#shared/commands/plan.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

export interface AskedMove {
  readonly chargerId: string;
  readonly profile: 1 | 2 | 3;
  readonly interface: NetworkProfile['interface'];
  readonly expiresInSeconds?: number | undefined;
}

/**
 * Asks a charger to come by another OCPP security profile. It goes on coming in by the present one until
 * it has come by the new one, and never by less after that. Throws conflict where it could not come in
 * by the new one, or the way is down.
 */
export async function moveProfile(ctx: Context, asked: AskedMove): Promise<StoredCommand> {
  return retrying(async () => {
    const charger = await getCharger(ctx, asked.chargerId);
    await checkMove(ctx, charger, asked.profile);
    const { chargerId, profile, expiresInSeconds } = asked;
    const url = `${profile === 1 ? ctx.urls.ocpp : ctx.urls.secureOcpp}/${ctx.tenantId}`;
    const input = { security_profile: profile, url, interface: asked.interface };
    const { command, writes, tasks } = await newPlan(
      ctx,
      { type: 'move_security_profile', input, first: firstStep(charger, profile), notes: {} },
      { chargerId, ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }) },
    );
    const floor = Math.min(charger.security_profile, profile, charger.moving?.floor ?? profile);
    const moving = { command_id: command.id, profile, floor };
    await saveCredentials(ctx, charger, { moving }, { writes, tasks });
    return command;
  });
}

/** 1.6 has one setting; 2.0.1 is first asked which of its slots are in use (A05, B09, B10). */
function firstStep({ ocpp_version }: Charger, profile: number): Step {
  return ocpp_version === '1.6'
    ? step('write_configuration', { items: [{ ...profileSetting16, value: String(profile) }] })
    : step('read_configuration', { what: 'items', items: [slotsSetting] });
}
const step = (type: string, input: Step['input']): Step => ({ type, input });

async function checkMove(ctx: Context, charger: Charger, profile: 1 | 2 | 3): Promise<void> {
  const { id, security_profile: now, ocpp_version: version } = charger;
  if (version === null) throw new AppError('charger_not_registered', `${id} has never connected.`);
  if (profile === now) throw conflict(`${id} has the security profile ${profile} already.`);
  if (profile < now && !(version === '2.1' && now === 3 && profile === 2))
    throw conflict('A charger never goes back to a lower profile, but from 3 to 2 in OCPP 2.1.');
  if (profile >= 2 && !ctx.urls.secureOcpp) throw conflict('There is no TLS here to come in by.');
  if (profile === 3) await checkCertificate(ctx, charger);
  else if (!charger.password) throw conflict(`${id} has no password yet: give it one first.`);
}

async function checkCertificate(ctx: Context, { id }: Charger): Promise<void> {
  if (!ctx.urls.clientCertificates)
    throw conflict('Client certificates are not asked for here: see docs/security-profiles.md.');
  if (await findActiveCertificate(ctx, id, 'charger')) return;
  const { certificate_issuers } = await getOrganization(ctx);
  if (certificate_issuers.length === 0)
    throw conflict(`${id} has no certificate yet: renew it first.`);
}
