/**
 * The vendor under which the Open Charge Alliance carries ISO 15118 over 1.6: the messages of 2.0.1, as
 * JSON text in a DataTransfer ("Using ISO 15118 Plug & Charge with OCPP 1.6").
 */
export const PNC_VENDOR = 'org.openchargealliance.iso15118pnc';
