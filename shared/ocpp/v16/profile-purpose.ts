export const purposeName = {
  charger_max: 'ChargePointMaxProfile',
  default: 'TxDefaultProfile',
  session: 'TxProfile',
} as const;
