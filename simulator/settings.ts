import type { Setting, Turn } from '#simulator/turn.ts';

type Reader = Pick<Turn, 'state' | 'dialect'>;

export const settingText = ({ state, dialect }: Reader, setting: Setting): string =>
  state.variables[dialect.settings[setting]] ?? '';

export function settingNumber(reader: Reader, setting: Setting): number {
  const value = Number(settingText(reader, setting));
  return Number.isFinite(value) ? value : 0;
}

export const settingFlag = (reader: Reader, setting: Setting): boolean =>
  settingText(reader, setting).toLowerCase() === 'true';

export function changeSetting({ state, dialect }: Reader, setting: Setting, value: string): void {
  state.variables[dialect.settings[setting]] = value;
}
