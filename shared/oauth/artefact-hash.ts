import { sha256 } from '#shared/core/ids.ts';

/**
 * What a code, a refresh token, a session or a grant is stored under: nothing that lies in the table can be
 * shown as one, and nothing of one host is found by way of another.
 */
export const artefactHash = (issuer: string, id: string): string => sha256(`${issuer}\n${id}`);
