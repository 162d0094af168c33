/** How long before its window a connector is kept already, so that nobody begins to charge there. */
export const LEAD_S = 600;
