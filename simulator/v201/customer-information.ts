import * as z from 'zod';
import { CertificateHash } from '#simulator/certificates/contract.ts';
import { listedTag, sameTag } from '#simulator/local-list/local-list.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';
import { inParts } from '#simulator/v201/parts.ts';

const CHARACTERS_PER_PART = 512;

const CustomerInformation = z.object({
  requestId: z.int(),
  report: z.boolean(),
  clear: z.boolean(),
  customerIdentifier: z.string().max(64).optional(),
  idToken: z.object({ idToken: z.string().max(36), type: z.string() }).optional(),
  customerCertificate: CertificateHash.optional(),
});

/** Somebody is meant by one thing only; by a certificate we know nobody [2.0.1 N09, N10]. */
export const customerInformation = answer(CustomerInformation, (turn, request) => {
  const { customerIdentifier, idToken, customerCertificate, report, clear } = request;
  const meant = [customerIdentifier, idToken, customerCertificate].filter(
    (one) => one !== undefined,
  );
  if (meant.length !== 1) return { status: 'Invalid' };
  if (!report && !clear) return { status: 'Rejected' };
  const id = idToken?.idToken ?? customerIdentifier ?? customerCertificate?.serialNumber ?? '';
  const known = report ? whatIsKnown(turn, id) : 'cleared';
  if (clear) forget(turn, id);
  tell(turn, request.requestId, known);
  return { status: 'Accepted' };
});

function whatIsKnown({ state, now }: Turn, id: string): string {
  const lines = [
    ...state.acceptedTags.filter((one) => sameTag(one, id)).map(() => 'in the authorization cache'),
    ...(listedTag(state.store.localList, id, now) ? ['on the local list'] : []),
    ...state.store.reservations
      .filter(({ tag }) => sameTag(tag.id, id))
      .map((one) => `holds reservation ${one.id}`),
    ...state.connectors
      .filter(({ session }) => session && sameTag(session.tag.id, id))
      .map((one) => `charges on EVSE ${one.id}`),
  ];
  return lines.length > 0 ? lines.join('\n') : 'nothing is known';
}

function forget({ state }: Turn, id: string): void {
  state.acceptedTags = state.acceptedTags.filter((one) => !sameTag(one, id));
  const { localList } = state.store;
  const tags = localList.tags.filter((one) => !sameTag(one.id, id));
  if (tags.length < localList.tags.length) keep(state, { localList: { ...localList, tags } });
}

function tell(turn: Turn, requestId: number, text: string): void {
  const generatedAt = stamp(turn.state, turn.now);
  for (const { items, seqNo, tbc } of inParts(turn.state, [...text], CHARACTERS_PER_PART)) {
    const payload = { data: items.join(''), seqNo, ...tbc, generatedAt, requestId };
    enqueue(turn, { action: 'NotifyCustomerInformation', payload });
  }
}
