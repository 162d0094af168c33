/** A transaction's number as the charger gives it back: -1 or 0 where it never learnt it (gotcha 21). */
export const transactionNumber = (sent: number | undefined): string | undefined =>
  sent !== undefined && sent > 0 ? String(sent) : undefined;
