import { createHash, createSign, KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  BasicOCSPResponse,
  CertStatus,
  id_pkix_ocsp_basic,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import type { Issued } from '#test/support/pnc-pki.ts';

export interface OcspResponder extends AsyncDisposable {
  readonly url: string;
  /** The serial numbers it was asked after, hex without leading zeros. */
  readonly asked: string[];
  /** Signs for these from now on: the CA of each certificate that is asked after. */
  serve(...issuers: readonly Issued[]): void;
  /** Its answers are signed by this, which an issuer may have certified for it. */
  signsAs: Issued | undefined;
  /** The certificates that are revoked, and those nobody knows. */
  readonly revoked: Set<string>;
  readonly unknown: Set<string>;
  nextUpdate: Date | undefined;
  now: () => Date;
  /** What it does in place of answering. */
  instead: ((answer: (status: number, body?: Uint8Array) => void) => void) | undefined;
}

export const serialOf = ({ certificate }: Issued): string =>
  certificate.serialNumber.replace(/^0+/, '');

/** A real OCSP responder on a free port of 127.0.0.1. */
export async function ocspResponder(): Promise<OcspResponder> {
  const issuers: Issued[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const send = (status: number, bytes: Uint8Array = new Uint8Array()) =>
      response.writeHead(status, { 'content-type': 'application/ocsp-response' }).end(bytes);
    if (responder.instead) return responder.instead(send);
    send(200, answer(body, responder, issuers));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const responder: OcspResponder = {
    url: `http://127.0.0.1:${port}/ocsp`,
    asked: [],
    serve: (...more) => void issuers.push(...more),
    signsAs: undefined,
    revoked: new Set(),
    unknown: new Set(),
    nextUpdate: new Date('2026-06-08T00:00:00Z'),
    now: () => new Date('2026-06-01T00:00:00Z'),
    instead: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return responder;
}

function answer(body: Uint8Array, responder: OcspResponder, issuers: readonly Issued[]) {
  const [request] = AsnConvert.parse(body, OCSPRequest).tbsRequest.requestList;
  if (!request) throw new Error('Nothing is asked');
  const { reqCert: certID } = request;
  const serial = Buffer.from(certID.serialNumber).toString('hex').replace(/^0+/, '');
  responder.asked.push(serial);
  const issuer = issuers.find(
    ({ certificate }) =>
      keyHash(certificate) === Buffer.from(certID.issuerKeyHash.buffer).toString('hex'),
  );
  const signer = responder.signsAs ?? issuer;
  if (!issuer || !signer)
    return new Uint8Array(
      AsnConvert.serialize(new OCSPResponse({ responseStatus: OCSPResponseStatus.unauthorized })),
    );
  const tbsResponseData = new ResponseData({
    responderID: new ResponderID({ byKey: new OctetString(new Uint8Array(20)) }),
    producedAt: responder.now(),
    responses: [
      new SingleResponse({
        certID,
        certStatus: statusOf(serial, responder),
        thisUpdate: responder.now(),
        ...(responder.nextUpdate ? { nextUpdate: responder.nextUpdate } : {}),
      }),
    ],
  });
  return signed(tbsResponseData, signer, signer !== issuer);
}

function statusOf(serial: string, { revoked, unknown, now }: OcspResponder): CertStatus {
  if (revoked.has(serial))
    return new CertStatus({ revoked: new RevokedInfo({ revocationTime: now() }) });
  return new CertStatus(unknown.has(serial) ? { unknown: null } : { good: null });
}

function signed(tbsResponseData: ResponseData, signer: Issued, embeds: boolean): Uint8Array {
  const data = new Uint8Array(AsnConvert.serialize(tbsResponseData));
  const key = KeyObject.from(signer.keys.privateKey);
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
    signature: Uint8Array.from(createSign('sha256').update(data).sign(key)).buffer,
    ...(embeds ? { certs: [AsnConvert.parse(signer.certificate.rawData, Certificate)] } : {}),
  });
  const response = new OCSPResponse({
    responseStatus: OCSPResponseStatus.successful,
    responseBytes: new ResponseBytes({
      responseType: id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  });
  return new Uint8Array(AsnConvert.serialize(response));
}

const keyHash = ({ rawData }: Issued['certificate']) => {
  const { subjectPublicKeyInfo } = AsnConvert.parse(rawData, Certificate).tbsCertificate;
  return createHash('sha256')
    .update(new Uint8Array(subjectPublicKeyInfo.subjectPublicKey))
    .digest('hex');
};
