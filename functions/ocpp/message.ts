import { receiveOcpp } from '#shared/aws/serve-ocpp.ts';

/** Every frame of every charger. */
export const handler = receiveOcpp;
