import type { Overrides, TestContext } from '#test/support/context.ts';
import type { Asked, OcppPeer } from '#test/support/ocpp-peer.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedWorld, MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

interface Told {
  readonly trigger: string;
  readonly state?: string;
  readonly token?: string;
  readonly stopped?: string;
  readonly wh?: number;
  readonly evse?: boolean;
  readonly offline?: boolean;
  readonly info?: object;
  readonly more?: object;
  /** Where it is not the next one. */
  readonly seq?: number;
}

export const VALID = 'VALID-TOKEN';

/** A charging station of 2.0.1 that plays the reusable states of the OCA's test cases. */
export class Station {
  readonly ctx: TestContext;
  peer: OcppPeer;
  tx: string;
  readonly #evse: { readonly id: number; readonly connectorId: number };
  #seq = 0;
  #wh = 1_000_000;

  constructor(ctx: TestContext, peer: OcppPeer, evseId = 1) {
    this.ctx = ctx;
    this.peer = peer;
    this.tx = `TX-${evseId}`;
    this.#evse = { id: evseId, connectorId: 1 };
  }

  /** The same station at its second EVSE, with a transaction of its own there. */
  atSecondEvse = () => new Station(this.ctx, this.peer, 2);

  #stamp = () => this.ctx.now().toISOString();

  authorize = (token = VALID, type = 'Central') =>
    this.peer.call('Authorize', { idToken: { idToken: token, type } });

  /** The connector's new state, told in both ways that 2.0.1 has. */
  async connector(status: 'Occupied' | 'Available' | 'Reserved' | 'Unavailable' | 'Faulted') {
    const timestamp = this.#stamp();
    await this.peer.call('StatusNotification', {
      timestamp,
      connectorStatus: status,
      evseId: this.#evse.id,
      connectorId: 1,
    });
    await this.peer.call('NotifyEvent', {
      generatedAt: timestamp,
      seqNo: 0,
      eventData: [
        {
          eventId: 1,
          timestamp,
          trigger: 'Delta',
          actualValue: status,
          eventNotificationType: 'HardWiredNotification',
          component: { name: 'Connector', evse: this.#evse },
          variable: { name: 'AvailabilityState' },
        },
      ],
    });
  }

  /** One event of the transaction, a minute after the last. */
  event(eventType: 'Started' | 'Updated' | 'Ended', told: Told) {
    this.ctx.tick(MINUTE);
    const seqNo = told.seq ?? this.#seq;
    this.#seq = Math.max(this.#seq, seqNo + 1);
    const { wh, token, evse = eventType === 'Started' } = told;
    return this.peer.call('TransactionEvent', {
      eventType,
      timestamp: this.#stamp(),
      triggerReason: told.trigger,
      seqNo,
      ...(told.offline ? { offline: true } : {}),
      transactionInfo: {
        transactionId: this.tx,
        ...(told.state ? { chargingState: told.state } : {}),
        ...(told.stopped ? { stoppedReason: told.stopped } : {}),
        ...told.info,
      },
      ...(evse ? { evse: this.#evse } : {}),
      ...(token ? { idToken: { idToken: token, type: 'Central' } } : {}),
      ...(wh === undefined
        ? {}
        : { meterValue: [{ timestamp: this.#stamp(), sampledValue: [{ value: wh }] }] }),
      ...told.more,
    });
  }

  /** Reusable state Authorized: the transaction begins with the driver. */
  async authorized() {
    await this.authorize();
    return this.event('Started', { trigger: 'Authorized', token: VALID });
  }

  /** Reusable state EnergyTransferStarted, from nothing: cable first, then the driver. */
  async charging(token = VALID) {
    await this.connector('Occupied');
    await this.event('Started', {
      trigger: 'CablePluggedIn',
      state: 'EVConnected',
      wh: this.#wh,
    });
    await this.authorize(token);
    await this.event('Updated', { trigger: 'Authorized', token });
    return this.event('Updated', { trigger: 'ChargingStateChanged', state: 'Charging' });
  }

  /** The register a minute later, at 60 kW. */
  meter = () => (this.#wh += 1000);

  async suspended() {
    await this.charging();
    await this.event('Updated', {
      trigger: 'ChargingStateChanged',
      state: 'SuspendedEV',
      wh: this.meter(),
    });
  }

  /** Reusable state StopAuthorized: the driver has shown the card again. */
  async stopAuthorized() {
    await this.charging();
    await this.event('Updated', {
      trigger: 'StopAuthorized',
      token: VALID,
      state: 'EVConnected',
      wh: this.meter(),
    });
  }

  /** Reusable state EVDisconnected: the cable is out, and the transaction over. */
  async disconnected(told: Partial<Told> = {}) {
    await this.event('Ended', {
      trigger: 'EVCommunicationLost',
      state: 'Idle',
      stopped: 'EVDisconnected',
      wh: this.meter(),
      ...told,
    });
    await this.connector('Available');
  }

  /** A new transaction, whose numbers begin again. */
  next(tx: string) {
    this.tx = tx;
    this.#seq = 0;
  }

  /** The number the next event will have, leaving out some before it. */
  skip(count: number): number[] {
    const skipped = Array.from({ length: count }, (_, n) => this.#seq + n);
    this.#seq += count;
    return skipped;
  }

  /** The socket is lost, and opened again without a boot. */
  async reconnect() {
    this.peer = await aPeer(this.ctx, {
      id: this.peer.id,
      version: 'ocpp2.0.1',
      connectionId: `${this.peer.sender.connectionId}'`,
      registered: true,
      boots: false,
    });
  }

  /** The newest call of ours of this name; does what is due first. */
  async asked(action: string): Promise<Asked> {
    await settle(this.ctx);
    const asked = this.peer.asked().findLast((call) => call.action === action);
    if (!asked) throw new Error(`${action} was not asked.`);
    return asked;
  }

  async reply(asked: Asked, payload?: object) {
    await this.peer.reply(asked, payload);
    await settle(this.ctx);
  }
}

/** A booted station at a priced site; the clock stands an hour after its tariff began. */
export async function aStation(
  differences: Overrides = {},
  { boots = true }: { readonly boots?: boolean } = {},
): Promise<Station> {
  const ctx = await aPricedWorld(differences);
  const peer = await aPeer(ctx, { id: 'CP-1', version: 'ocpp2.0.1', registered: true, boots });
  return new Station(ctx, peer);
}
