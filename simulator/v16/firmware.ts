import * as z from 'zod';
import { certificatesOf } from '#simulator/certificates/hash-data.ts';
import { updateFirmware } from '#simulator/firmware/update-firmware.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { answer } from '#simulator/rpc/answer.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Retries = { retries: z.int().nonnegative().optional(), retryInterval: z.int().optional() };

/** How long to wait between attempts where the platform does not say. */
const RETRY_SECONDS = 30;
const retriesOf = (one: { retries?: number | undefined; retryInterval?: number | undefined }) => ({
  retriesLeft: one.retries ?? 0,
  retryMs: (one.retryInterval ?? RETRY_SECONDS) * 1000,
});

const UpdateFirmware = z.object({ location: z.string(), retrieveDate: Instant, ...Retries });

/** The unsigned update, which has no way of being refused [1.6 section 5.19]. */
export const updateFirmware16 = answer(UpdateFirmware, (turn, request) => {
  updateFirmware(turn, {
    requestId: null,
    signed: false,
    url: request.location,
    retrieveAt: request.retrieveDate,
    installAt: null,
    signingCertificate: null,
    signature: null,
    ...retriesOf(request),
  });
  return {};
});

const SignedUpdateFirmware = z.object({
  requestId: z.int(),
  firmware: z.object({
    location: z.string().max(512),
    retrieveDateTime: Instant,
    installDateTime: Instant.optional(),
    signingCertificate: z.string().max(5500),
    signature: z.string().max(800),
  }),
  ...Retries,
});

/** The signer must be somebody before the image is worth fetching [whitepaper L01.FR.02]. */
export const signedUpdateFirmware = answer(SignedUpdateFirmware, (turn, request) => {
  const { location, retrieveDateTime, installDateTime, ...signing } = request.firmware;
  if (!certificatesOf(signing.signingCertificate)) {
    recordSecurityEvent(turn, 'InvalidFirmwareSigningCertificate');
    return { status: 'InvalidCertificate' };
  }
  const status = updateFirmware(turn, {
    requestId: request.requestId,
    signed: true,
    url: location,
    retrieveAt: retrieveDateTime,
    installAt: installDateTime ?? null,
    ...signing,
    ...retriesOf(request),
  });
  return { status };
});
