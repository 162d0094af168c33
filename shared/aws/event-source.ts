/** `source` of everything on the bus; the subscribers' rules ask for it. */
export const EVENT_SOURCE = 'chargespot';
