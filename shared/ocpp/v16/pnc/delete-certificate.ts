import { sayIn201 } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { deleteCertificate } from '#shared/ocpp/v201/iso15118/delete-certificate.ts';

/** Whatever 1.6 itself has no words for. */
export const pncDeleteCertificate = sayIn201(deleteCertificate, ({ kind }) =>
  ['v2g', 'mo', 'v2g_chain'].includes(String(kind)),
);
