import { createPrivateKey } from 'node:crypto';
import { certificatesOf } from '#simulator/certificates/hash-data.ts';
import type { OwnUse, SigningRequest } from '#simulator/certificates/held-certificate.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { reconnectSoon } from '#simulator/charging/registration.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { settingNumber, settingText } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

/** Begins to ask for a certificate: first a new key pair is made, in the world [2.0.1 A02, A03]. */
export function requestCertificate(turn: Turn, use: OwnUse): void {
  const { state, outputs } = turn;
  putRequest(turn, { use, csr: null, privateKey: null, dueAt: null, sent: 0 });
  outputs.push({
    type: 'make_csr',
    use,
    commonName: use === 'station' ? state.spec.serialNumber : state.spec.identity,
    organization: settingText(turn, 'organization') || state.spec.vendor,
  });
}

function putRequest({ state }: Turn, request: SigningRequest): void {
  const others = state.store.signing.filter(({ use }) => use !== request.use);
  keep(state, { signing: [...others, request] });
}

type KeyPair = { use: OwnUse; pem: string; privateKey: string };

export function takeKeyPair(turn: Turn, { use, pem, privateKey }: KeyPair): void {
  const { repeatCsr = 0 } = turn.state.misbehave;
  for (let time = 0; time <= repeatCsr; time += 1) {
    send(turn, { use, csr: pem, privateKey, dueAt: null, sent: 0 });
  }
}

/** Sends a request, and waits for the certificate twice as long each time [2.0.1 A02.FR.17 to 19]. */
function send(turn: Turn, request: SigningRequest): void {
  const waitMs = settingNumber(turn, 'csrWaitSeconds') * 1000 * 2 ** request.sent;
  const mayRepeat = waitMs > 0 && request.sent < settingNumber(turn, 'csrRepeats');
  const sent = {
    ...request,
    sent: request.sent + 1,
    dueAt: mayRepeat ? turn.now + waitMs : null,
  };
  putRequest(turn, sent);
  turn.dialect.notices.signCertificate(turn, sent);
}

export function tendSigning(turn: Turn): void {
  for (const request of turn.state.store.signing) {
    if (request.dueAt !== null && request.dueAt <= turn.now) send(turn, request);
  }
}

/** The platform will sign nothing: there is nothing to wait for. */
export function giveUpRequest({ state }: Turn): void {
  const signing = state.store.signing.map((one) => ({ ...one, dueAt: null }));
  keep(state, { signing });
}

/**
 * Takes a chain that was signed for the key pair of an open request, and for no other. Without a
 * use it is for the request whose key it has.
 */
export function takeChain(
  turn: Turn,
  wanted: OwnUse | null,
  chain: string,
): 'Accepted' | 'Rejected' {
  const { state, now } = turn;
  const certificates = certificatesOf(chain) ?? [];
  const [leaf] = certificates;
  const request = state.store.signing.find(
    (one) => leaf && (one.use === wanted || wanted === null) && isKeyOf(one, leaf),
  );
  const isGood =
    leaf &&
    Date.parse(leaf.validTo) > now &&
    certificates.every((one, at) => isSignedByNext(one, certificates[at + 1]));
  if (!request?.privateKey || !isGood) {
    const isForCars = (request?.use ?? wanted) === 'v2g';
    recordSecurityEvent(
      turn,
      isForCars ? 'InvalidV2GCertificate' : 'InvalidChargingStationCertificate',
    );
    return 'Rejected';
  }
  const { use } = request;
  const own = state.store.own.filter((one) => one.use !== use);
  keep(state, {
    own: [...own, { use, chain, privateKey: request.privateKey }],
    signing: state.store.signing.filter((one) => one !== request),
  });
  if (use === 'station' && settingNumber(turn, 'securityProfile') === 3) reconnectSoon(turn);
  return 'Accepted';
}

type Certificate = NonNullable<ReturnType<typeof certificatesOf>>[number];

const isKeyOf = ({ privateKey }: SigningRequest, leaf: Certificate): boolean =>
  privateKey !== null && leaf.checkPrivateKey(createPrivateKey(privateKey));

const isSignedByNext = (one: Certificate, next: Certificate | undefined): boolean =>
  next === undefined || (one.checkIssued(next) && one.verify(next.publicKey));

export const nextSigningAt = ({ store }: ChargerState): number =>
  Math.min(...store.signing.map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY));
