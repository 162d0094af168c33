import { commandPlans } from '#shared/catalogue/command-plans.ts';
import { followRenewal } from '#shared/certificates/renew-certificate.ts';
import { followDelivery } from '#shared/certificates/settle-certificate.ts';
import { followBatch } from '#shared/command-batches/follow-batch.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { followStep } from '#shared/commands/plan.ts';
import type { Context } from '#shared/core/context.ts';
import { diagnosticsFollowed } from '#shared/diagnostics/follow-diagnostics.ts';
import { displayChanged } from '#shared/displays/set-display-message.ts';
import { firmwareUpdateFollowed } from '#shared/firmware/follow-update.ts';
import { reservationAnswered } from '#shared/reservations/reservation-answered.ts';
import { sessionCommandEnded } from '#shared/sessions/command-outcome.ts';
import { truthTold } from '#shared/sessions/reconcile-session.ts';
import { gapAnswered } from '#shared/sessions/repair-gaps.ts';
import { profilesCleared } from '#shared/smart-charging/clear-charging-profiles.ts';
import { compositeTold } from '#shared/smart-charging/composite-schedule.ts';
import { profileAnswered } from '#shared/smart-charging/profile-answered.ts';
import { profilesReported } from '#shared/smart-charging/report-profiles.ts';

/** Hears that a command was agreed to or has ended. It may be told twice. */
type Follower = (ctx: Context, command: StoredCommand) => Promise<void>;

/** Who hears of a command, by the kind of thing it serves. */
const followers: Readonly<Record<string, Follower>> = {
  charging_profile: profileAnswered,
  charging_profiles: profilesCleared,
  charging_profiles_report: profilesReported,
  composite_schedule: compositeTold,
  command_batch: followBatch,
  certificate: followDelivery,
  certificate_renewal: followRenewal,
  diagnostics: diagnosticsFollowed,
  display: displayChanged,
  firmware_update: firmwareUpdateFollowed,
  installed_certificate: async (...told) => {
    // What reads certificates is seldom needed, and heavy.
    const { followCertificateCommand } = await import(
      '#shared/plug-and-charge/follow-certificate-command.ts'
    );
    await followCertificateCommand(...told);
  },
  plan: (ctx, step) => followStep(ctx, step, commandPlans),
  reservation: reservationAnswered,
  session: sessionCommandEnded,
  session_gap: gapAnswered,
  session_truth: truthTold,
};

/** Tells the thing a command was sent for how it went. Throws where nobody follows that kind. */
export async function followCommand(ctx: Context, command: StoredCommand): Promise<void> {
  if (!command.serves) return;
  const follow = followers[command.serves.kind];
  if (!follow) throw new Error(`Nobody follows commands that serve a ${command.serves.kind}.`);
  await follow(ctx, command);
}
