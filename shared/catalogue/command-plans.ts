import { renewalScript } from '#shared/certificates/renew-certificate.ts';
import { moveProfileScript } from '#shared/chargers/move-profile-script.ts';
import { rotationScript } from '#shared/chargers/rotate-password.ts';
import type { Scripts } from '#shared/commands/plan.ts';
import { refreshScript } from '#shared/configuration/refresh-configuration.ts';
import { monitorsScript } from '#shared/configuration/set-monitors.ts';
import { updateScript } from '#shared/configuration/update-configuration.ts';
import { syncScript } from '#shared/local-lists/follow-sync.ts';

/** How commands of several calls go on, by the type of the visible command; see shared/commands/plan.ts. */
export const commandPlans: Scripts = {
  read_certificates: async (...about) => {
    // What reads certificates is seldom needed, and heavy.
    const { readingScript } = await import('#shared/plug-and-charge/reading-script.ts');
    return readingScript(...about);
  },
  move_security_profile: moveProfileScript,
  refresh_configuration: refreshScript,
  renew_certificate: renewalScript,
  rotate_credentials: rotationScript,
  set_monitors: monitorsScript,
  sync_local_list: syncScript,
  update_configuration: updateScript,
};
