import type { ChargerSpec } from '#simulator/charger-spec.ts';

const VENDOR = 'Magma';
const FIRMWARE = '3.4.1';

/** A car whose on-board charger makes full use of a 22 kW socket, so that the sandbox shows 22 kW. */
const FAST_AC_CAR = { acPhases: 3, acKwPerPhase: 7.4 } as const;

/** The five chargers of the local sandbox. The platform's own rows are made from this same list. */
export const sandboxChargers: readonly ChargerSpec[] = [
  {
    identity: 'BLR-011',
    version: '1.6',
    vendor: VENDOR,
    model: 'MX-AC-7',
    serialNumber: 'MX7-2026-00011',
    firmwareVersion: FIRMWARE,
    connectors: [{ id: 1, plug: 'Type2', powerKw: 7.4, phases: 1 }],
    car: { acPhases: 1, acKwPerPhase: 7.4 },
  },
  {
    identity: 'BLR-012',
    version: '1.6',
    vendor: VENDOR,
    model: 'MX-AC-22-DUO',
    serialNumber: 'MX22D-2026-00012',
    firmwareVersion: FIRMWARE,
    connectors: [
      { id: 1, plug: 'Type2', powerKw: 22, phases: 3 },
      { id: 2, plug: 'Type2', powerKw: 22, phases: 3 },
    ],
    car: FAST_AC_CAR,
  },
  {
    identity: 'BLR-013',
    version: '1.6',
    vendor: VENDOR,
    model: 'MX-DC-60',
    serialNumber: 'MX60-2026-00013',
    firmwareVersion: FIRMWARE,
    connectors: [{ id: 1, plug: 'CCS2', powerKw: 60, phases: null }],
    car: { dcKw: 100 },
  },
  {
    identity: 'BLR-014',
    version: '1.6',
    vendor: VENDOR,
    model: 'MX-EV-22',
    serialNumber: 'MX22-2026-00014',
    firmwareVersion: FIRMWARE,
    connectors: [{ id: 1, plug: 'Type2', powerKw: 22, phases: 3 }],
    car: FAST_AC_CAR,
  },
  {
    identity: 'BLR-015',
    version: '2.0.1',
    vendor: VENDOR,
    model: 'MX-DC-120',
    serialNumber: 'MX120-2026-00015',
    firmwareVersion: FIRMWARE,
    connectors: [
      { id: 1, plug: 'CCS2', powerKw: 120, phases: null },
      { id: 2, plug: 'CCS2', powerKw: 120, phases: null },
    ],
    car: { dcKw: 150 },
  },
];
