/** Whether two uids are of one token: case and surrounding blanks do not matter (CiString). */
export const sameToken = (a: string | null | undefined, b: string | null | undefined): boolean =>
  a?.trim().toUpperCase() === b?.trim().toUpperCase();
