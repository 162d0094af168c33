import { sayIn201 } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { getInstalledCertificateIds } from '#shared/ocpp/v201/iso15118/get-installed-certificate-ids.ts';
import { ListInput } from '#shared/plug-and-charge/certificate-commands.ts';

const OURS = ['v2g', 'mo', 'v2g_chain'];

/** Asks for what 1.6 itself has no words for. */
export const pncGetInstalledCertificateIds = sayIn201(getInstalledCertificateIds, (input) => {
  const kinds = ListInput.safeParse(input).data?.kinds ?? [];
  return kinds.length > 0 && kinds.every((kind) => OURS.includes(kind));
});
