/** How long before its window a connector is kept already, so that nobody begins to charge there. */
export const LEAD_S = 600;

/** A charger that has not said by then whether it keeps a connector is not waited for: we keep it. */
export const ANSWER_WITHIN_S = 60;
