import { AppError } from '#shared/core/errors.ts';
import { ConditionFailed } from '#shared/core/table.ts';

const ATTEMPTS = 8;
const INSISTS = 3;

/**
 * Runs read-change-write again when another writer was faster. `change` must read afresh each time.
 * Throws service_unavailable when it loses eight times in a row.
 */
export async function retrying<T>(change: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  throw new AppError('service_unavailable', 'Too many writers at once; try again.', {
    retryAfter: 1,
  });
}

/** Runs again what nobody else will ask for again: a call of the storage or a queue may have failed by chance. */
export async function insisting<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === INSISTS) throw error;
    }
  }
}
