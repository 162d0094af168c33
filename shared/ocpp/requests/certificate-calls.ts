import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import type { ListInput } from '#shared/plug-and-charge/certificate-commands.ts';

/** The calls by which a charger tells all the certificates it has: one, but in 1.6 one for each kind. */
export function certificateCalls({
  charger,
  connection,
}: WholeCharger): [ListInput, ...ListInput[]] {
  if ((connection?.ocpp_version ?? charger.ocpp_version) !== '1.6') return [{ kinds: [] }];
  const { plug_and_charge } = capabilitiesOf(charger);
  return [
    { kinds: ['csms'] },
    { kinds: ['manufacturer'] },
    ...(plug_and_charge ? [{ kinds: ['v2g', 'mo', 'v2g_chain'] } satisfies ListInput] : []),
  ];
}
