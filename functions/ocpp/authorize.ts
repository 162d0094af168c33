import { authorizeOcpp } from '#shared/aws/authorize-ocpp.ts';

/** Who knocks at the OCPP door, by path and Basic header. */
export const handler = authorizeOcpp;
