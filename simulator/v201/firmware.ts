import * as z from 'zod';
import { certificatesOf } from '#simulator/certificates/hash-data.ts';
import {
  publishFirmware as publish,
  unpublishFirmware as unpublish,
} from '#simulator/firmware/publish-firmware.ts';
import { updateFirmware as update } from '#simulator/firmware/update-firmware.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { answer } from '#simulator/rpc/answer.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Retries = {
  retries: z.int().nonnegative().optional(),
  retryInterval: z.int().nonnegative().optional(),
};
/** How long to wait between attempts where the platform does not say. */
const RETRY_SECONDS = 30;

const UpdateFirmware = z.object({
  requestId: z.int(),
  firmware: z.object({
    location: z.string().max(512),
    retrieveDateTime: Instant,
    installDateTime: Instant.optional(),
    signingCertificate: z.string().max(5500).optional(),
    signature: z.string().max(800).optional(),
  }),
  ...Retries,
});

/** The signer must be somebody before the image is worth fetching [2.0.1 L01.FR.02]. */
export const updateFirmware = answer(UpdateFirmware, (turn, request) => {
  const { location, retrieveDateTime, installDateTime, ...signing } = request.firmware;
  const { signingCertificate = null, signature = null } = signing;
  if (signingCertificate !== null && !certificatesOf(signingCertificate)) {
    recordSecurityEvent(turn, 'InvalidFirmwareSigningCertificate');
    return { status: 'InvalidCertificate' };
  }
  const status = update(turn, {
    requestId: request.requestId,
    signed: signature !== null,
    url: location,
    retrieveAt: retrieveDateTime,
    installAt: installDateTime ?? null,
    signingCertificate,
    signature,
    retriesLeft: request.retries ?? 0,
    retryMs: (request.retryInterval ?? RETRY_SECONDS) * 1000,
  });
  return { status };
});

const PublishFirmware = z.object({
  location: z.string().max(512),
  checksum: z.string().max(32),
  requestId: z.int(),
  ...Retries,
});

export const publishFirmware = answer(PublishFirmware, (turn, request) => ({
  status: publish(turn, {
    requestId: request.requestId,
    url: request.location,
    checksum: request.checksum,
    retriesLeft: request.retries ?? 0,
    retryMs: (request.retryInterval ?? RETRY_SECONDS) * 1000,
  }),
}));

export const unpublishFirmware = answer(
  z.object({ checksum: z.string().max(32) }),
  (turn, { checksum }) => ({ status: unpublish(turn, checksum) }),
);
