import { findConnection } from '#shared/chargers/connectivity.ts';
import { Topic } from '#shared/live/topics.ts';
import type { Sender } from '#shared/ocpp/receive.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { accepting } from '#test/support/faults/answers.ts';
import { Machine } from '#test/support/faults/machine.ts';
import { ask, type Place } from '#test/support/isolation/place.ts';
import { populate } from '#test/support/isolation/populate.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { issue } from '#test/support/pnc-pki.ts';
import { settle } from '#test/support/settle.ts';

export interface FaultWorld {
  readonly machine: Machine;
  /** Everything there is to ask about. */
  readonly home: Place;
}

/** One place with an object of every kind, one webhook endpoint and one live client that watch all. */
async function build(): Promise<FaultWorld> {
  await using server = await loopbackServer();
  const ctx = testContext({
    tenantId: 'near',
    organization: { auto_register: false, accept_unknown_tokens: false },
  });
  const root = async (name: string) => (await issue({ ca: true, name, pathLength: 3 })).pem;
  const plan = {
    mark: 'HOME',
    emaid: 'DEHOMC00000001',
    pems: [await root('root'), await root('next root')] as const,
    webhookUrl: server.url,
    charges: 2,
  };
  const home = await populate(ctx, plan);
  await aLiveClient(ctx, { topics: Topic.options });
  // A campaign looks around by the clock, whatever else happens.
  await ask(ctx, 'updateFirmwareCampaign', {
    params: { campaign_id: home.ids.campaign },
    body: { status: 'paused' },
  });
  ctx.tick(600_000);
  await settle(ctx);
  const machine = new Machine(ctx, [
    await senderOf(ctx, home.ids.charger, 'ocpp1.6'),
    await senderOf(ctx, home.spare.charger201, 'ocpp2.0.1'),
  ]);
  machine.answering = accepting;
  return { machine, home };
}

async function senderOf(ctx: TestContext, id: string, version: OcppVersion): Promise<Sender> {
  const connection = await findConnection(ctx, id);
  const connectionId = connection?.connection_id ?? '';
  return { chargerId: id, identity: id, connectionId, version, registered: true };
}

let world: Promise<FaultWorld> | undefined;
/** Made once: whoever plays in it puts it back. */
export const faultWorld = (): Promise<FaultWorld> => {
  world ??= build();
  return world;
};
