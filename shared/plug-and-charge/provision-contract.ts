import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy } from '#shared/core/counts.ts';
import { canonicalEmaid, hasWrongCheckDigit, printedEmaid } from '#shared/core/emaid.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import {
  Contract,
  type ContractView,
  contractStatus,
  contractView,
  findContract,
} from '#shared/plug-and-charge/contract.ts';
import { contractItem } from '#shared/plug-and-charge/contract-item.ts';
import { activeToken } from '#shared/plug-and-charge/contract-token.ts';
import { ContractProvisioned } from '#shared/plug-and-charge/events.ts';
import type { NewContract } from '#shared/plug-and-charge/new-contract.ts';
import {
  certificateDetails,
  readContractChain,
} from '#shared/plug-and-charge/read-contract-chain.ts';

export interface Provisioned {
  readonly contract: ContractView;
  /** False where a contract that runs was given another certificate. */
  readonly isNew: boolean;
}

/**
 * A contract by which a car may charge from now on, or a new certificate of one that runs. Throws
 * validation_failed, conflict (it runs already, or its uid is another token's), site_restricted.
 */
export async function provisionContract(ctx: Context, input: NewContract): Promise<Provisioned> {
  if (allowedSites(ctx))
    throw new AppError(
      'site_restricted',
      'This credential is restricted to sites; contracts are not.',
    );
  const emaid = readEmaid(input.emaid);
  const proof =
    input.certificate === null ? undefined : await readProof(ctx, input.certificate, emaid);
  return retrying(async () => {
    const before = await findContract(ctx, emaid);
    const runs = before && !['revoked', 'expired'].includes(contractStatus(ctx, before));
    if (runs && !proof) throw conflict(`There is a contract ${emaid} already.`);
    const next = await provisioned(ctx, { emaid, input, before, proof });
    const contract = contractView(ctx, next);
    const isActive = next.activated_at !== null;
    await commit(ctx, {
      aggregate: { kind: 'contract', id: emaid, version: next.version },
      writes: stored(ctx, next, before),
      events: isActive
        ? [
            eventOf(ctx, ContractProvisioned, {
              id: emaid,
              version: next.version,
              object: contract,
            }),
          ]
        : [],
    });
    return { contract, isNew: !runs };
  });
}

type Proof = Awaited<ReturnType<typeof readProof>>;
interface Asked {
  readonly emaid: string;
  readonly input: NewContract;
  readonly before: Contract | undefined;
  readonly proof: Proof | undefined;
}

async function provisioned(
  ctx: Context,
  { emaid, input, before, proof }: Asked,
): Promise<Contract> {
  const at = isoNow(ctx);
  const known = {
    emaid,
    driver_id: input.driver_id ?? before?.driver_id ?? null,
    expires_at: earlier(proof?.certificate.not_after, input.expires_at),
  };
  return Contract.parse({
    ...known,
    vehicle_id: input.vehicle_id ?? before?.vehicle_id ?? null,
    token_id: await activeToken(ctx, known),
    certificate: proof?.certificate ?? null,
    chain: proof?.chain ?? [],
    activated_at: proof ? at : null,
    external_ref: input.external_ref ?? before?.external_ref ?? null,
    metadata: { ...before?.metadata, ...input.metadata },
    livemode: ctx.livemode,
    created_at: before?.created_at ?? at,
    updated_at: at,
    version: (before?.version ?? 0) + 1,
  });
}

function stored(ctx: Context, next: Contract, before: Contract | undefined): Write[] {
  const item = contractItem(ctx, next);
  return before
    ? [{ op: 'put', item, when: { version: before.version } }]
    : [{ op: 'put', item, when: 'absent' }, countBy(keys.count(ctx.tenantId, 'contract'), 1)];
}

function readEmaid(text: string): string {
  const emaid = canonicalEmaid(text);
  if (emaid === undefined)
    throw refused(
      'emaid',
      'malformed',
      'Country, provider, nine characters, perhaps a check digit.',
    );
  if (hasWrongCheckDigit(text))
    throw refused(
      'emaid',
      'wrong_check_digit',
      `With its check digit it is ${printedEmaid(emaid)}.`,
    );
  return emaid;
}

/** Proved by its certificate: its end, and what verifies answers about it. */
async function readProof(ctx: Context, pem: string, emaid: string) {
  const read = await readContractChain(ctx, pem, emaid);
  if (read.problem) throw refused('certificate', read.problem, read.reason);
  const [leaf] = read.path;
  return { certificate: certificateDetails(leaf), chain: read.path.map((each) => each.pem) };
}

const refused = (field: string, code: string, message: string) =>
  new AppError('validation_failed', 'This contract cannot be provisioned.', {
    errors: [{ field, code, message }],
  });

const earlier = (a: string | undefined, b: string | null): string | null =>
  a && b ? (a < b ? a : b) : (a ?? b);
