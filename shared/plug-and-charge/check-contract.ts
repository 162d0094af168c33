import type { Context } from '#shared/core/context.ts';
import { activateContract } from '#shared/plug-and-charge/activate-contract.ts';
import { askOcsp, type OcspQuestion } from '#shared/plug-and-charge/ask-ocsp.ts';
import { type Certificate, readChain } from '#shared/plug-and-charge/certificate.ts';
import { findContract } from '#shared/plug-and-charge/contract.ts';
import { hashDataOf, isIssuerOf } from '#shared/plug-and-charge/hash-data.ts';
import { readOcspAnswer } from '#shared/plug-and-charge/ocsp-answer.ts';
import { readContractChain } from '#shared/plug-and-charge/read-contract-chain.ts';
import { trustForContracts } from '#shared/plug-and-charge/trust.ts';

/** What a car shows to prove its contract: its certificates, or what the charger made of them. */
export interface Proof {
  readonly emaid: string;
  /** PEM, leaf first: the charger leaves it to us to check it all. */
  readonly chain: string | undefined;
  /** The charger has checked the chain, and leaves revocation to us. */
  readonly questions: readonly OcspQuestion[];
}

/** `unverifiable`: it does not hold, or nobody can say. */
export type ContractVerdict = 'valid' | 'expired' | 'revoked' | 'unverifiable';

interface Checked {
  readonly verdict: ContractVerdict;
  readonly reason?: string;
  readonly path?: readonly Certificate[];
}

/**
 * Whether a contract certificate holds (2.0.1 C07): its chain leads to a root that the organization
 * trusts, it is of this eMAID, and no issuer has revoked any of it. Whether the contract may charge is
 * another question. A contract that is proved for the first time is active from now on.
 */
export async function checkContract(ctx: Context, proof: Proof): Promise<ContractVerdict> {
  const { verdict, reason, path } =
    proof.chain === undefined
      ? await checkQuestions(ctx, proof)
      : await checkChain(ctx, proof.emaid, proof.chain);
  if (verdict === 'valid') await activateContract(ctx, proof.emaid, path);
  else
    ctx.log.warn('A contract certificate does not hold', { emaid: proof.emaid, verdict, reason });
  return verdict;
}

async function checkChain(ctx: Context, emaid: string, pem: string): Promise<Checked> {
  const read = await readContractChain(ctx, pem, emaid);
  if (read.problem)
    return {
      verdict: read.problem === 'expired' ? 'expired' : 'unverifiable',
      reason: read.reason,
    };
  const { path } = read;
  const asked = path.slice(0, -1).flatMap((certificate, n) => {
    const issuer = path[n + 1];
    const { responderUrl: responder_url } = certificate;
    // One that names no responder cannot be asked after; who issued it can still end the contract here.
    return issuer && responder_url
      ? [{ question: { ...hashDataOf(certificate, issuer), responder_url }, issuers: [issuer] }]
      : [];
  });
  return { ...(await worstOf(ctx, asked)), path };
}

async function checkQuestions(ctx: Context, { emaid, questions }: Proof): Promise<Checked> {
  const [{ anchors, between }, contract] = await Promise.all([
    trustForContracts(ctx),
    findContract(ctx, emaid),
  ]);
  const known = [...anchors, ...between, ...(contract?.chain.flatMap(readChain) ?? [])];
  return worstOf(
    ctx,
    questions.map((question) => ({
      question,
      issuers: known.filter((ca) => ca.maySign && isIssuerOf(ca, question)),
    })),
  );
}

interface Asked {
  readonly question: OcspQuestion;
  readonly issuers: readonly Certificate[];
}

async function worstOf(ctx: Context, asked: readonly Asked[]): Promise<Checked> {
  const all = await Promise.all(asked.map((one) => statusOf(ctx, one)));
  const revoked = all.find(({ verdict }) => verdict === 'revoked');
  return revoked ?? all.find(({ verdict }) => verdict === 'unverifiable') ?? { verdict: 'valid' };
}

/** What is not signed for the issuer is no answer: the way to the responder is open to anybody. */
async function statusOf(ctx: Context, { question, issuers }: Asked): Promise<Checked> {
  const { serial_number, responder_url } = question;
  const unverifiable = (reason: string): Checked => ({
    verdict: 'unverifiable',
    reason: `${serial_number}: ${reason}`,
  });
  if (issuers.length === 0) return unverifiable('its issuer is not known here.');
  const der = await askOcsp(ctx, question);
  const answer = der && readOcspAnswer(der, question);
  if (!answer) return unverifiable(`${responder_url} gave no answer.`);
  if (!issuers.some((issuer) => answer.signedFor(issuer, ctx.now())))
    return unverifiable(`the answer of ${responder_url} is not signed for its issuer.`);
  if (answer.status === 'revoked')
    return { verdict: 'revoked', reason: `${serial_number} is revoked.` };
  return answer.status === 'good'
    ? { verdict: 'valid' }
    : unverifiable(`${responder_url} does not know it.`);
}
