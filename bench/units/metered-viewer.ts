import type { MeteredWorld } from '#bench/units/metered-world.ts';
import { admitConnection, judgeTicket } from '#shared/live/admit.ts';
import { dropConnection } from '#shared/live/connection.ts';
import { receiveFrame } from '#shared/live/receive.ts';

let viewers = 0;

/** A client of the live stream, with every frame counted. */
export class MeteredViewer {
  readonly #world: MeteredWorld;
  readonly #connectionId = `live-${++viewers}`;

  constructor(world: MeteredWorld) {
    this.#world = world;
  }

  /** Knocks with the URL it was given. */
  async open(url: string): Promise<void> {
    const token = url.slice(url.lastIndexOf('/') + 1);
    const ctx = this.#world.context();
    await this.#world.run('live/authorize', () =>
      judgeTicket(ctx, token, (tenantId) => ({ ...ctx, tenantId })),
    );
    await this.#world.run('live/connect', () => admitConnection(ctx, this.#connectionId, token));
    await this.#world.settle();
  }

  /** Keeps the gateway from taking it for idle. */
  async ping(): Promise<void> {
    this.#world.countFrame('liveFrames');
    const frame = JSON.stringify({ action: 'ping' });
    await this.#world.run('live/message', () =>
      receiveFrame(this.#world.context(), this.#connectionId, frame),
    );
  }

  async leave(): Promise<void> {
    await this.#world.run('live/disconnect', () =>
      dropConnection(this.#world.context(), this.#connectionId),
    );
  }
}
