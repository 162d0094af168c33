import { recordRefusal } from '#shared/chargers/unclaimed.ts';
import type { TestContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { answerAll, ask, firstOf, make } from '#test/support/isolation/place.ts';

const socket = { type: 'Type2', power_kw: 22, phases: 3 } as const;
const sockets = [1, 2, 3].map((id) => ({ ...socket, id }));

/**
 * Three chargers of a site: one of OCPP 1.6 that is at work, one of 2.0.1 that is free, one that is
 * gone; and a fourth that nobody claims. What only they can tell is told by them.
 */
export async function chargersAt(ctx: TestContext, { mark }: { mark: string }, site_id: string) {
  const about = {
    site_id,
    connectors: sockets,
    labels: [`${mark}-label`],
    external_ref: `${mark}-ref`,
  };
  const online = await anOnlineCharger(ctx, `${mark}-CP16`, about);
  const other = await anOnlineCharger(ctx, `${mark}-CP20`, { ...about, version: '2.0.1' });
  const away = await anOnlineCharger(ctx, `${mark}-IDLE`, about);
  await away.disconnect();
  const idle = away.id;
  const knock = {
    identity: `${mark}-STRANGER`,
    remote_ip: null,
    reason: 'not_registered',
  } as const;
  await recordRefusal(ctx, knock);
  const waiting = await make(
    ctx,
    'resetCharger',
    { type: 'soft', expires_in_seconds: 86_400 },
    { charger_id: idle },
  );
  const params = { charger_id: online.id };
  const command = await make(ctx, 'triggerMessage', { message: 'heartbeat' }, params);
  await answerAll(online);
  await ask(ctx, 'refreshChargerConfiguration', { params, body: { what: 'full' } });
  const configurationKey = ['HeartbeatInterval', 'MeterValueSampleInterval'].map((key) => ({
    key,
    readonly: false,
    value: '300',
  }));
  await answerAll(online, { configurationKey });

  /** A trust anchor that the second has installed. */
  const certificate = async (root_certificate_id: string) => {
    const at = { params: { charger_id: other.id } };
    await ask(ctx, 'installChargerCertificate', { ...at, body: { root_certificate_id } });
    await answerAll(other);
    return firstOf(ctx, 'listChargerCertificates', 'certificates', at);
  };
  /** One of two limits that the first has taken. */
  const profile = async () => {
    for (const connector of [1, 2]) {
      const periods = [{ start_seconds: 0, limit_kw: 11 }];
      const body = { purpose: 'default', connector, periods };
      await ask(ctx, 'setChargingProfile', { params, body });
      await answerAll(online);
    }
    return firstOf(ctx, 'listChargingProfiles', 'charging_profiles', { params });
  };
  const message = online.calls().at(0)?.id ?? '';
  return {
    online,
    other,
    idle,
    certificate,
    profile,
    ids: { charger: online.id, command, message },
    spare: { charger201: other.id, idle, waiting },
  };
}
