import * as z from 'zod';
import { scopes } from '#shared/core/scopes.ts';

/** Who a person is in an organization. What each may do: docs/members.md. */
export const Role = z
  .enum(['owner', 'admin', 'operator', 'support', 'finance', 'vendor', 'read_only'])
  .meta({ id: 'MemberRole' });
export type Role = z.infer<typeof Role>;

const all = Object.keys(scopes);

/**
 * What each role may do. An owner may everything, also what comes later. Money goes out by two hands:
 * finance prepares payouts, and only an owner approves them.
 */
export const rolePresets: Readonly<Record<Role, readonly string[]>> = {
  owner: ['*'],
  admin: all.filter((scope) => scope !== 'payouts:approve'),
  operator: [
    ...['chargers:read', 'chargers:write', 'chargers:credentials'],
    ...['config:read', 'config:write', 'commands:read', 'commands:write'],
    ...['sites:read', 'sites:write', 'locations:read', 'tariffs:read'],
    ...['sessions:read', 'sessions:write', 'reservations:read', 'reservations:write'],
    ...['cdrs:read', 'drivers:read', 'vehicles:read', 'tokens:read', 'tokens:write'],
    ...['energy:read', 'energy:write', 'grid:read', 'grid:write', 'pnc:read', 'pnc:write'],
    ...['firmware:read', 'firmware:write', 'diagnostics:read', 'diagnostics:write'],
    ...['monitoring:read', 'monitoring:write', 'roaming:read', 'analytics:read'],
    ...['webhooks:read', 'events:read', 'live:connect', 'sandbox:read', 'sandbox:write'],
  ],
  support: [
    ...['chargers:read', 'config:read', 'commands:read', 'commands:write'],
    ...['sites:read', 'locations:read', 'tariffs:read', 'cdrs:read', 'payments:read'],
    ...['sessions:read', 'sessions:write', 'reservations:read', 'reservations:write'],
    ...['drivers:read', 'drivers:write', 'vehicles:read', 'tokens:read', 'tokens:write'],
    ...['pnc:read', 'diagnostics:read', 'monitoring:read', 'events:read', 'live:connect'],
  ],
  finance: [
    ...['payouts:read', 'payouts:write', 'payments:read', 'payments:write'],
    ...['vendors:read', 'vendors:write', 'cdrs:read', 'cdrs:write'],
    ...['integrations:read', 'integrations:write', 'tariffs:read', 'sessions:read'],
    ...['sites:read', 'events:read', 'analytics:read', 'exports:write'],
  ],
  vendor: ['vendors:read', 'payouts:read', 'sites:read', 'sessions:read', 'analytics:read'],
  read_only: [
    ...all.filter((scope) => scope.endsWith(':read') && !/^(admin|audit):/.test(scope)),
    'live:connect',
  ],
};
