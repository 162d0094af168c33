import { receiveOcpp } from '#shared/aws/receive-ocpp.ts';

/** Every frame of every charger. */
export const handler = receiveOcpp;
