import { describe, expect, it } from 'vitest';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { listOf } from '#shared/http/list.ts';
import { ContractView } from '#shared/plug-and-charge/contract.ts';
import { RootCertificateView } from '#shared/plug-and-charge/root-certificate.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { chainOf, EMAID } from '#test/support/pnc-pki.ts';
import { EXI_RESPONSE, type PncServices } from '#test/support/pnc-services.ts';
import { hashOf } from '#test/support/pnc-world.ts';
import { expectPaid, registerOf } from '#test/support/sandbox-simulator.ts';
import type { Stage } from '#test/support/stage.ts';

const Sessions = listOf('sessions', SessionView);

/** Cars that pay by themselves: in messages of 2.0.1, or in the same ones inside 1.6 DataTransfer. */
export const describePlugAndCharge = (stage: Stage, services: PncServices) =>
  describe('a car with a contract', () => {
    const contractOf = () => stage.api.get(`/v1/pnc/contracts?emaid=${EMAID}`, Contracts);
    const sessions = async () =>
      (await stage.api.get(`/v1/sessions?charger_id=${stage.id}`, Sessions)).sessions;

    it('gets its certificate by the charger, from who issues it', async () => {
      const { provisioning } = services;
      const exiRequest = Buffer.from('a car asks').toString('base64');
      const schemaVersion = 'urn:iso:15118:2:2013:MsgDef';
      const action = 'Install';
      stage.simulator.happens({ type: 'ev_certificate', action, exiRequest, schemaVersion });
      await stage.until(({ store }) => store.exiResponse === EXI_RESPONSE);
      expect(provisioning.received).toMatchObject([
        { method: 'POST', headers: { authorization: 'Bearer secret-1' } },
      ]);
      expect(JSON.parse(provisioning.received[0]?.body ?? '')).toMatchObject({
        ...{ action: 'install', exi_request: exiRequest, charger_id: stage.id },
      });
    });

    it('is shown what the issuer says of a certificate', async () => {
      const { pki, responder } = services;
      const hash = hashOf(pki.sub2, pki.sub1, responder.url);
      stage.simulator.happens({
        type: 'certificate_status',
        hash: { ...hash, hashAlgorithm: 'SHA256' },
      });
      await stage.until(({ store }) => store.ocspResult !== null);
      expect(responder.asked).toHaveLength(1);
    });

    it('charges by its eMAID and is billed, once its chain and its issuers agree', async () => {
      const { pki, responder } = services;
      const trusted = chainOf(pki.root, pki.sub1, pki.sub2);
      const root = { kind: 'mo', certificate: trusted };
      await stage.api.post('/v1/pnc/root-certificates', root, RootCertificateView);
      await stage.api.post('/v1/pnc/contracts', { emaid: EMAID }, ContractView);
      responder.asked.length = 0;
      const before = registerOf(stage.simulator);
      const contract = { emaid: EMAID, certificate: pki.chain };
      stage.simulator.happens({ type: 'plug_in', connectorId: 1, contract });
      const { subject } = await stage.event('session.started', { auth_method: 'plug_and_charge' });
      expect(responder.asked).toHaveLength(3);
      expect((await contractOf()).contracts).toMatchObject([{ status: 'active' }]);
      await stage.api.sessionWhen(subject.id, ({ energy_kwh }) => energy_kwh > 0.2);
      stage.simulator.stop(1);
      await stage.until(({ connectors }) => !connectors[0]?.session);
      await expectPaid(stage.api, subject.id, registerOf(stage.simulator) - before);
      const [cdr] = await stage.api.cdrsOf(subject.id);
      expect(CdrView.parse(cdr)).toMatchObject({ auth_method: 'plug_and_charge' });
      await stage.api.whenFree(stage.id);
    });

    it('is let charge no more when its contract is revoked', async () => {
      const before = (await sessions()).length;
      await stage.api.ask('DELETE', `/v1/pnc/contracts/${EMAID}`);
      const contract = { emaid: EMAID, certificate: services.pki.chain };
      stage.simulator.happens({ type: 'plug_in', connectorId: 1, contract });
      await stage.event('authorization.rejected', { uid: EMAID });
      await stage.until(({ connectors }) => connectors[0]?.car === null);
      expect(await sessions()).toHaveLength(before);
      await stage.api.whenFree(stage.id);
    });
  });

const Contracts = listOf('contracts', ContractView);
