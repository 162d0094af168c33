import type { OcppVersion } from '#shared/chargers/charger.ts';
import { VariableRef } from '#shared/configuration/variable.ts';
import { AppError } from '#shared/core/errors.ts';

/** What a charger's settings about its own credentials are called, by its version. */
interface Names {
  readonly password: VariableRef;
  /** What a password may be. */
  readonly fits: RegExp;
  readonly rule: string;
}

const named = (name: string, component: string | null = null) =>
  VariableRef.parse({ name, component });

/** 1.6 whitepaper A01: 16 to 20 bytes, in hex. 2.0.1 A00.FR.205: 16 to 40 characters of passwordString. */
const v16: Names = {
  password: named('AuthorizationKey'),
  fits: /^([0-9A-Fa-f]{2}){16,20}$/,
  rule: 'OCPP 1.6 takes 32 to 40 hexadecimal digits.',
};
const v201: Names = {
  password: named('BasicAuthPassword', 'SecurityCtrlr'),
  fits: /^[A-Za-z0-9*\-_=:+|@.]{16,40}$/,
  rule: 'OCPP 2.0.1 takes 16 to 40 letters, digits and * - _ = : + | @ .',
};

/** The setting of the password. Throws validation_failed where this password cannot be set. */
export function passwordSetting(version: OcppVersion | null, password: string): VariableRef {
  const { password: ref, fits, rule } = version === '1.6' ? v16 : v201;
  if (fits.test(password)) return ref;
  throw new AppError('validation_failed', 'The charger cannot be given this password.', {
    errors: [{ field: 'password', code: 'invalid_format', message: rule }],
  });
}

/** OCPP 1.6: the charger moves to the profile that is written here. */
export const profileSetting16 = named('SecurityProfile');
/** OCPP 2.0.1: the slots of network profiles, the preferred one first. */
export const slotsSetting = named('NetworkConfigurationPriority', 'OCPPCommCtrlr');
