import { disconnectOcpp } from '#shared/aws/connect-ocpp.ts';

/** A charger's socket has closed. */
export const handler = disconnectOcpp;
