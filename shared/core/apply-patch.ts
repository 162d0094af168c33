/** `base` with the fields that `patch` names. A field left out, or undefined, stays. */
export function applyPatch<T extends object>(
  base: T,
  patch: { readonly [K in keyof T]?: T[K] | undefined },
): T {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}
