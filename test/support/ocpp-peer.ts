import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { connected } from '#shared/chargers/connectivity.ts';
import type { Context } from '#shared/core/context.ts';
import type { Table } from '#shared/core/table.ts';
import { receive, type Sender } from '#shared/ocpp/receive.ts';
import { type OcppVersion, versionNumber } from '#shared/ocpp/version.ts';
import type { TestContext } from '#test/support/context.ts';
import type { SentFrame } from '#test/support/recording-sockets.ts';

type Payload = Readonly<Record<string, unknown>>;
const Payload = z.record(z.string(), z.unknown());
const Answer = z.tuple([z.int(), z.string()]).rest(z.unknown());
const Result = z.tuple([z.literal(3), z.string(), Payload]);
const Refusal = z.tuple([z.literal(4), z.string(), z.string(), z.string(), Payload]);
const Call = z.tuple([z.literal(2), z.string(), z.string(), Payload]);

/** A call of ours that the charger has got. */
export interface Asked {
  readonly id: string;
  readonly action: string;
  readonly payload: Payload;
}

export interface PeerOptions {
  readonly id?: string;
  readonly version?: OcppVersion;
  readonly connectionId?: string;
  /** Whether the charger was known when its socket opened. */
  readonly registered?: boolean;
  /** Boots it, as chargers do. */
  readonly boots?: boolean;
}

const boot2 = {
  reason: 'PowerUp',
  chargingStation: { vendorName: 'Magma', model: 'MX-EV-120' },
};
const boots: Readonly<Record<OcppVersion, object>> = {
  'ocpp1.6': { chargePointVendor: 'Magma', chargePointModel: 'MX-EV-22' },
  'ocpp2.0.1': boot2,
  'ocpp2.1': boot2,
};

/** A charger at the other end of an open socket. */
export class OcppPeer {
  readonly id: string;
  readonly sender: Sender;
  readonly #world: TestContext;
  readonly #ctx: Context;

  constructor(world: TestContext, sender: Sender) {
    this.id = sender.chargerId;
    this.sender = sender;
    this.#world = world;
    this.#ctx = world.as({
      actor: { kind: 'charger', id: sender.chargerId },
      cause: {
        type: 'charger_message',
        ref: 'message',
        request_id: null,
        idempotency_key: null,
        actor: null,
      },
    });
  }

  /** Sends any text, to us over this table; the frames that came back because of it. */
  async say(text: string, table: Table = this.#world.table): Promise<SentFrame[]> {
    const { sent } = this.#world.sockets.ocpp;
    const before = sent.length;
    await receive({ ...this.#ctx, table }, this.sender, text);
    return sent.slice(before).filter((f) => f.connectionId === this.sender.connectionId);
  }

  /** Calls us and gives our result. Fails where the answer is an error, or there is not just one. */
  async call(action: string, payload: unknown = {}, id: string = randomUUID()): Promise<Payload> {
    const reply = await this.#reply(action, payload, id);
    const result = Result.safeParse(reply.json);
    if (!result.success) throw new Error(`${action} was answered ${reply.text}`);
    return result.data[2];
  }

  /** Calls us and gives the code of the error it is answered with. */
  async refusal(action: string, payload: unknown = {}): Promise<string> {
    return Refusal.parse((await this.#reply(action, payload, randomUUID())).json)[2];
  }

  async #reply(action: string, payload: unknown, id: string): Promise<SentFrame> {
    const frames = await this.say(JSON.stringify([2, id, action, payload]));
    const answers = frames.filter(({ json }) => !Call.safeParse(json).success);
    const [reply, another] = answers;
    if (!reply || another || Answer.parse(reply.json)[1] !== id)
      throw new Error(`${action} got ${answers.length} answers`);
    return reply;
  }

  boot(): Promise<Payload> {
    return this.call('BootNotification', boots[this.sender.version]);
  }

  /** The calls we made to it, oldest first. */
  asked(): Asked[] {
    return this.#world.sockets.ocpp.sent
      .filter(({ connectionId }) => connectionId === this.sender.connectionId)
      .flatMap(({ json }) => {
        const call = Call.safeParse(json);
        if (!call.success) return [];
        const [, id, action, payload] = call.data;
        return [{ id, action, payload }];
      });
  }

  lastAsked(): Asked {
    const last = this.asked().at(-1);
    if (!last) throw new Error('Nothing was asked of the charger.');
    return last;
  }

  /** Answers a call of ours. */
  reply(
    { id }: Pick<Asked, 'id'>,
    payload: unknown = { status: 'Accepted' },
  ): Promise<SentFrame[]> {
    return this.say(JSON.stringify([3, id, payload]));
  }
}

/** A charger that has opened its socket. */
export async function aPeer(
  world: TestContext,
  { id = 'CP-1', version = 'ocpp1.6', connectionId = `socket-of-${id}`, ...rest }: PeerOptions = {},
): Promise<OcppPeer> {
  const { registered = false, boots = true } = rest;
  await connected(world, {
    chargerId: id,
    connectionId,
    version: versionNumber[version],
    remoteIp: null,
  });
  const peer = new OcppPeer(world, {
    chargerId: id,
    identity: id,
    connectionId,
    version,
    registered,
  });
  if (boots) await peer.boot();
  return peer;
}
