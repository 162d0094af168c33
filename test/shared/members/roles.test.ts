import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasScope, scopes } from '#shared/core/scopes.ts';
import { Role, rolePresets } from '#shared/members/roles.ts';

const all = Object.keys(scopes);
const may = (role: Role, scope: string) => hasScope(rolePresets[role], scope);
const page = readFileSync(new URL('../../../docs/members.md', import.meta.url), 'utf8');

/** `read write` of each resource for each role, as docs/members.md has it. */
function table(): string {
  const cell = (role: Role, of: readonly string[]) =>
    of
      .filter((scope) => may(role, scope))
      .map((scope) => scope.split(':')[1])
      .join(' ');
  const byResource = Map.groupBy(all, (scope) => scope.split(':')[0]);
  const row = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['', ...Role.options]),
    `|${'---|'.repeat(Role.options.length + 1)}`,
    ...[...byResource].map(([resource, of]) =>
      row([`\`${resource}\``, ...Role.options.map((role) => cell(role, of) || '-')]),
    ),
  ].join('\n');
}

describe('the roles', () => {
  it('are in docs/members.md as they are', () => {
    expect(page).toContain(table());
  });

  it('name scopes that there are', () => {
    const unknown = Object.values(rolePresets)
      .flat()
      .filter((scope) => scope !== '*' && !all.includes(scope));
    expect(unknown).toEqual([]);
  });

  it('let an owner do everything, also what comes later', () => {
    expect(rolePresets.owner).toEqual(['*']);
  });

  it('let an admin grant every role but that of owner', () => {
    const others = Role.options.filter((role) => role !== 'owner');
    const grantable = others.filter((role) =>
      rolePresets[role].every((scope) => may('admin', scope)),
    );
    expect(grantable).toEqual(others);
    expect(may('admin', '*')).toBe(false);
  });

  it('let nobody but an owner both prepare payouts and approve them', () => {
    const both = Role.options.filter(
      (role) => may(role, 'payouts:write') && may(role, 'payouts:approve'),
    );
    expect(both).toEqual(['owner']);
  });

  it('let people of money touch no charger, and people of chargers no money', () => {
    const commanding = /^(chargers|config|commands|firmware|diagnostics|energy):write$/;
    const paying = /^(payouts|payments|vendors|cdrs|tariffs):write$/;
    expect(rolePresets.finance.filter((scope) => commanding.test(scope))).toEqual([]);
    expect(rolePresets.vendor.filter((scope) => !scope.endsWith(':read'))).toEqual([]);
    for (const role of ['operator', 'support'] as const)
      expect(rolePresets[role].filter((scope) => paying.test(scope))).toEqual([]);
  });

  it('let readers read, without members, keys and the audit log', () => {
    const writing = rolePresets.read_only.filter((scope) => !scope.endsWith(':read'));
    expect(writing).toEqual(['live:connect']);
    for (const scope of ['admin:read', 'audit:read']) expect(may('read_only', scope)).toBe(false);
  });

  it('let owners and admins alone sign drivers in, manage members and read the audit log', () => {
    for (const scope of ['auth:drivers', 'admin:write', 'audit:read', 'commands:raw'])
      expect(Role.options.filter((role) => may(role, scope))).toEqual(['owner', 'admin']);
  });
});
