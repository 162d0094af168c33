import { disconnectOcpp } from '#shared/aws/serve-ocpp.ts';

/** A charger's socket has closed. */
export const handler = disconnectOcpp;
