import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';
import { ContractView } from '#shared/plug-and-charge/contract.ts';
import { RootCertificateView } from '#shared/plug-and-charge/root-certificate.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { ChargerSpec } from '#simulator/charger-spec.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';
import { playScript } from '#simulator/script/play-script.ts';
import { readScript } from '#simulator/script/run-script.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';

const docs = join(import.meta.dirname, '../../docs/plug-and-charge');
const pem = (name: string) => readFileSync(join(docs, name), 'utf8');
const Sessions = listOf('sessions', SessionView);

describe('a newcomer who plays Plug & Charge, as the documents say', () => {
  // The script's own charger speaks OCPP 2.0.1, BLR-014 OCPP 1.6 with Plug & Charge in DataTransfer.
  it.each([
    ['CAR-PARK-1', 'ISO15118Ctrlr.CentralContractValidationAllowed'],
    ['BLR-014', 'CentralContractValidationAllowed'],
  ])(
    'trusts an operator, provisions a contract, and a car pays by it at %s',
    async (id, allowed) => {
      const { ready, api } = await aSandboxHost();
      const root = { kind: 'mo', name: 'Fake operator', certificate: pem('root.pem') };
      await api.post('/v1/pnc/root-certificates', root, RootCertificateView);
      const asked = { emaid: 'DE-8AA-CA2B3C4D5-L', certificate: pem('contract.pem') };
      const contract = await api.post('/v1/pnc/contracts', asked, ContractView);
      expect(contract.status).toBe('active');
      await playScript(
        { ...script, charger: { ...chargerOf(id), plugAndCharge: true }, steps: stepsAt(id) },
        { url: ready.ocpp, speed: 600, unplugDelayMs: 10, variables: { [allowed]: 'true' } },
      );
      const { sessions } = await api.get('/v1/sessions', Sessions);
      expect(sessions).toMatchObject([{ charger_id: id, auth_method: 'plug_and_charge' }]);
      const [session] = sessions;
      expect((await api.settled(z.string().parse(session?.session_id))).cdr).not.toBeNull();
    },
  );
});

const script = readScript(join(docs, 'charge.json'));

function chargerOf(id: string): ChargerSpec {
  const own = ChargerSpec.parse(script.charger);
  return sandboxChargers.find(({ identity }) => identity === id) ?? own;
}

/** The script without its waiting; what 1.6 has other words for is expected by the session instead. */
const stepsAt = (id: string) =>
  script.steps
    .filter((step) => id !== 'BLR-014' || !('expect' in step))
    .map((step) => ('wait' in step ? { wait: 0.2 } : step));
