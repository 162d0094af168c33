import type { Turn } from '#simulator/turn.ts';

/** Settings the vendor-neutral part reads, whatever a dialect calls them. */
export type Setting =
  | 'heartbeatSeconds'
  | 'sampleSeconds'
  | 'alignedSeconds'
  | 'connectionTimeoutSeconds'
  | 'authorizeRemoteStart'
  | 'stopOnInvalidTag'
  | 'preAuthorize'
  | 'offlineKnownTags'
  | 'offlineUnknownTags'
  | 'cacheEnabled'
  | 'listEnabled'
  | 'listLength'
  | 'listPerMessage'
  | 'reserveAnyConnector'
  | 'messageAttempts'
  | 'messageRetrySeconds'
  | 'pingSeconds'
  | 'measurands'
  | 'alignedMeasurands'
  | 'password'
  | 'securityProfile'
  | 'organization'
  | 'stackLevels'
  | 'schedulePeriods'
  | 'profileLimit'
  | 'rateUnits'
  | 'certificateLimit'
  | 'csrWaitSeconds'
  | 'csrRepeats'
  | 'contractValidation';

export type SettingReader = Pick<Turn, 'state' | 'dialect'>;

/** What a variable holds: what it was set to, else what it left the factory with. */
export const variableText = ({ state, dialect }: SettingReader, name: string): string =>
  state.variables[name] ?? dialect.factory(state.spec, name);

export const settingText = (reader: SettingReader, setting: Setting): string =>
  variableText(reader, reader.dialect.settings[setting]);

export function settingNumber(reader: SettingReader, setting: Setting): number {
  const value = Number(settingText(reader, setting));
  return Number.isFinite(value) ? value : 0;
}

export const settingFlag = (reader: SettingReader, setting: Setting): boolean =>
  settingText(reader, setting).toLowerCase() === 'true';

export function changeSetting(
  { state, dialect }: SettingReader,
  setting: Setting,
  value: string,
): void {
  state.variables[dialect.settings[setting]] = value;
}
