import * as z from 'zod';
import { requestCertificate } from '#simulator/certificates/signing.ts';
import { answer } from '#simulator/rpc/answer.ts';
import type { Answer, Payload, Turn } from '#simulator/turn.ts';
import {
  certificateSigned,
  deleteCertificate,
  getInstalledCertificateIds,
  installCertificate,
} from '#simulator/v201/certificates.ts';

/** The one message a platform may trigger this way. */
const triggerMessage = answer(z.object({ requestedMessage: z.string() }), (turn, request) => {
  if (request.requestedMessage !== 'SignV2GCertificate') return { status: 'NotImplemented' };
  requestCertificate(turn, 'v2g');
  return { status: 'Accepted' };
});

/** Plug & Charge messages of the platform's: 2.0.1 payloads, as text in DataTransfer. */
const ANSWERS: Record<string, Answer> = {
  CertificateSigned: certificateSigned,
  DeleteCertificate: deleteCertificate,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  InstallCertificate: installCertificate,
  TriggerMessage: triggerMessage,
};

export function answerPnc(turn: Turn, messageId: string | undefined, data: string): Payload {
  const known = messageId && Object.hasOwn(ANSWERS, messageId) && ANSWERS[messageId];
  if (!known) return { status: 'UnknownMessageId' };
  const message = parsed(data);
  if (known.check(message)) return { status: 'Rejected' };
  return { status: 'Accepted', data: JSON.stringify(known.reply(turn, message)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
