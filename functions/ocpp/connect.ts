import { connectOcpp } from '#shared/aws/connect-ocpp.ts';

/** A charger's socket opens, or is refused with the status OCPP-J asks for. */
export const handler = connectOcpp;
