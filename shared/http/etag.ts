import { AppError } from '#shared/core/errors.ts';

/** `"17"`: an object's version is its ETag. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version of an object's body, where it has one. */
export function versionOf(body: unknown): number | undefined {
  if (body === null || typeof body !== 'object') return undefined;
  const version: unknown = Reflect.get(body, 'resource_version');
  return typeof version === 'number' ? version : undefined;
}

/**
 * The version `If-Match` demands; undefined for none and for `*`. A weak tag is taken too, since a
 * compressing edge weakens ours. A tag that we never gave out matches nothing: etag_mismatch.
 */
export function readIfMatch(headers: Readonly<Record<string, string>>): number | undefined {
  const tag = headers['if-match']?.trim();
  if (!tag || tag === '*') return undefined;
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(tag)?.[1];
  if (version === undefined)
    throw new AppError('etag_mismatch', 'If-Match names no version of this object.');
  return Number(version);
}

/** RFC 9110 13.1.2: any of the tags, compared weakly, or `*`. */
export function matchesNone(header: string | undefined, etag: string): boolean {
  if (!header) return true;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return !tags.includes(etag) && !tags.includes('*');
}
