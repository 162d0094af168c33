/** A token's uid as it is shown: its last four characters. */
export const maskUid = (uid: string): string =>
  `${'•'.repeat(Math.max(0, uid.length - 4))}${uid.slice(-4)}`;
