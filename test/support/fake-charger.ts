import type * as z from 'zod';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import type { Context } from '#shared/core/context.ts';
import { receive } from '#shared/ocpp/receive.ts';
import type { TestContext } from '#test/support/context.ts';

const system = {
  actor: { kind: 'system' },
  cause: { type: 'system', ref: null, request_id: null, idempotency_key: null, actor: null },
} as const;

type Given = Partial<Omit<z.input<typeof NewCharger>, 'id'>>;

/** A registered charger with one free Type2 socket, unless told otherwise; never connected yet. */
export async function aCharger(ctx: TestContext, id = 'BLR-014', given: Given = {}) {
  const socket = { id: 1, type: 'Type2', power_kw: 22 } as const;
  const body = NewCharger.parse({ id, connectors: [socket], ...given });
  return createCharger(ctx.as(system), body);
}

/**
 * The far end of a charger's socket. It says what a charger says and reads what it is sent, in OCPP's
 * own frames, through `receive` and the context's sockets.
 */
export class FakeCharger {
  readonly id: string;
  readonly connectionId: string;
  readonly #ctx: TestContext;
  readonly #version: '1.6' | '2.0.1';
  #said = 0;

  constructor(ctx: TestContext, id: string, version: '1.6' | '2.0.1', connectionId: string) {
    this.#ctx = ctx.as({
      actor: { kind: 'charger', id },
      cause: { ...system.cause, type: 'charger_message', actor: id },
    });
    this.id = id;
    this.#version = version;
    this.connectionId = connectionId;
  }

  /** Its socket opens. */
  async connect(): Promise<void> {
    await connected(this.#ctx, {
      chargerId: this.id,
      connectionId: this.connectionId,
      version: this.#version,
      remoteIp: '203.0.113.7',
    });
  }

  /** Its socket ends. */
  disconnect(): Promise<void> {
    return disconnected(this.#ctx, this.id, this.connectionId);
  }

  /** Makes a call and gives the payload of the answer. */
  async say(action: string, payload: object): Promise<unknown> {
    const id = `said-${++this.#said}`;
    await this.#receive([2, id, action, payload]);
    const [kind, , answer] = this.#frames().findLast(([, to]) => to === id) ?? [];
    if (kind !== 3) throw new Error(`${action} was answered with ${kind}: ${answer}`);
    return answer;
  }

  /** The calls it has been sent, oldest first: action and payload. */
  calls(): { id: string; action: string; payload: unknown }[] {
    return this.#frames()
      .filter(([kind]) => kind === 2)
      .map(([, id, action, payload]) => ({ id, action: String(action), payload }));
  }

  /** Answers the last call it was sent, or the call named. */
  async answer(payload: object, id = this.calls().at(-1)?.id): Promise<void> {
    await this.#receive([3, id, payload]);
  }

  /** Answers the last call with an error. */
  async fail(code = 'InternalError'): Promise<void> {
    await this.#receive([4, this.calls().at(-1)?.id, code, 'It broke', {}]);
  }

  #receive(frame: readonly unknown[]): Promise<void> {
    const sender = {
      chargerId: this.id,
      identity: this.id,
      connectionId: this.connectionId,
      version: `ocpp${this.#version}`,
      registered: true,
    } as const;
    return receive(this.#ctx, sender, JSON.stringify(frame));
  }

  #frames(): [number, string, ...unknown[]][] {
    const mine = this.#ctx.sent.ocpp.filter((f) => f.connectionId === this.connectionId);
    return mine.map((f) => frameOf(f.json));
  }
}

function frameOf(json: unknown): [number, string, ...unknown[]] {
  if (!Array.isArray(json)) throw new Error('Not a frame');
  const [kind, id, ...rest] = json;
  return [Number(kind), String(id), ...rest];
}

let sockets = 0;

/** A charger that has connected and booted; a 1.6 one has reported each connector Available. */
export async function anOnlineCharger(
  ctx: TestContext,
  id = 'BLR-014',
  { version = '1.6', ...given }: Given & { version?: '1.6' | '2.0.1' } = {},
): Promise<FakeCharger> {
  const { connectors } = await aCharger(ctx, id, given);
  const charger = await reconnect(ctx, id, version);
  await boot(charger, version);
  for (const { id: connectorId, evse_id } of connectors) {
    await charger.say(
      'StatusNotification',
      version === '1.6'
        ? { connectorId, errorCode: 'NoError', status: 'Available' }
        : {
            evseId: evse_id ?? connectorId,
            connectorId: 1,
            connectorStatus: 'Available',
            timestamp: ctx.now().toISOString(),
          },
    );
  }
  return charger;
}

/** A new socket of a charger that is known. */
export async function reconnect(
  ctx: TestContext,
  id: string,
  version: '1.6' | '2.0.1' = '1.6',
): Promise<FakeCharger> {
  const charger = new FakeCharger(ctx, id, version, `socket-${++sockets}`);
  await charger.connect();
  return charger;
}

export const boot = (charger: FakeCharger, version: '1.6' | '2.0.1' = '1.6'): Promise<unknown> =>
  charger.say(
    'BootNotification',
    version === '1.6'
      ? { chargePointVendor: 'Magma', chargePointModel: 'MX-EV-22' }
      : { reason: 'PowerUp', chargingStation: { model: 'MX-DC-120', vendorName: 'Magma' } },
  );

/** A key restricted to sites, with every scope. */
export const keyOfSites = (...siteIds: string[]): Pick<Context, 'actor'> => ({
  actor: { kind: 'api_key', id: 'key_sites', scopes: ['*'], siteIds },
});
