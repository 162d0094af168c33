export const month = (at: string) => at.slice(0, 7);
export const hour = (at: string) => at.slice(0, 13);
/** A token's uid as all spellings of it are stored. */
export const fold = (uid: string) => uid.trim().toUpperCase();
export const row = (pk: string, sk: string) => ({ pk, sk });
/** A number as its digits sort. */
export const digits = (n: number, width: number) => String(n).padStart(width, '0');

/** Logs that all of a tenant writes to are spread over 16 partitions by the last character of an id. */
export const SHARDS = [...'0123456789abcdef'];
export const shardOf = (id: string) =>
  SHARDS['0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(id.slice(-1)) & 15];
