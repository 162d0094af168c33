import * as z from 'zod';
import type { CertificateHash } from '#simulator/certificates/contract.ts';
import { giveUpRequest } from '#simulator/certificates/signing.ts';
import type { Connector, Grant } from '#simulator/charger-state.ts';
import { decideGrant } from '#simulator/charging/authorization.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { settingFlag } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { EvCertificateRequest, Payload, ResultHandler, Turn } from '#simulator/turn.ts';

/** Plug & Charge came to 1.6 as 2.0.1 messages, written as text into DataTransfer. */
export const PNC_VENDOR = 'org.openchargealliance.iso15118pnc';

function ask(turn: Turn, messageId: string, message: Payload, connectorId?: number): void {
  if (!turn.state.spec.plugAndCharge) return;
  enqueue(turn, {
    action: 'DataTransfer',
    payload: { vendorId: PNC_VENDOR, messageId, data: JSON.stringify(message) },
    about: messageId,
    ...(connectorId === undefined ? {} : { connectorId }),
  });
}

/** The contract is shown to the platform where that may check it [application note section 3.1]. */
export function authorizeContract(turn: Turn, connector: Connector, grant: Grant): void {
  const { emaid, certificate, hashData } = grant.contract ?? { emaid: grant.tag.id };
  const central = settingFlag(turn, 'contractValidation');
  ask(
    turn,
    'Authorize',
    {
      idToken: { idToken: emaid, type: 'eMAID' },
      ...(certificate && central ? { certificate } : {}),
      ...(hashData ? { iso15118CertificateHashData: hashData } : {}),
    },
    connector.id,
  );
}

export const askV2gSignature = (turn: Turn, csr: string): void =>
  ask(turn, 'SignCertificate', { csr, certificateType: 'V2GCertificate' });

export const askCertificateStatus = (turn: Turn, hash: CertificateHash): void =>
  ask(turn, 'GetCertificateStatus', { ocspRequestData: hash });

export const askEvCertificate = (turn: Turn, request: EvCertificateRequest): void =>
  ask(turn, 'Get15118EVCertificate', {
    iso15118SchemaVersion: request.schemaVersion,
    action: request.action,
    exiRequest: request.exiRequest,
  });

const Envelope = z.object({ status: z.string(), data: z.string().optional() });
const AuthorizeResult = z.object({
  idTokenInfo: z.object({ status: z.string() }),
  certificateStatus: z.string().optional(),
});
const Answers = {
  GetCertificateStatus: z.object({ ocspResult: z.string().optional() }),
  Get15118EVCertificate: z.object({ exiResponse: z.string() }),
  SignCertificate: z.object({ status: z.string() }),
};

/** What the platform answered to the message inside. */
export const dataTransferResult: ResultHandler = (turn, call, settlement) => {
  if (call.about === null) return;
  const result = settlement.outcome === 'result' ? settlement.payload : undefined;
  const data = parsed(Envelope.safeParse(result).data?.data);
  if (call.about === 'Authorize') {
    const connector = findConnector(turn.state, call.connectorId);
    const read = AuthorizeResult.safeParse(data).data;
    const accepted =
      read?.idTokenInfo.status === 'Accepted' &&
      (read.certificateStatus ?? 'Accepted') === 'Accepted';
    if (connector) decideGrant(turn, connector, read ? { accepted, group: null } : null);
  }
  if (call.about === 'GetCertificateStatus') {
    const ocspResult = Answers.GetCertificateStatus.safeParse(data).data?.ocspResult ?? null;
    keep(turn.state, { ocspResult });
  }
  if (call.about === 'Get15118EVCertificate') {
    const exiResponse = Answers.Get15118EVCertificate.safeParse(data).data?.exiResponse ?? null;
    keep(turn.state, { exiResponse });
  }
  if (call.about === 'SignCertificate') {
    const read = Answers.SignCertificate.safeParse(data).data;
    if (read && read.status !== 'Accepted') giveUpRequest(turn);
  }
};

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
