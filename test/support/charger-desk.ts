import { expect } from 'vitest';
import type * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import { Command } from '#shared/commands/command.ts';
import { ConfigurationItem } from '#shared/configuration/variable.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listOf } from '#shared/http/list.ts';
import { OcppMessage } from '#shared/ocpp-log/ocpp-message.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';

const Messages = listOf('messages', OcppMessage);
type MessagePage = z.output<typeof Messages>;
const Events = listOf('events', EventEnvelope);
const Configuration = listOf('configuration', ConfigurationItem).loose();

/** Who operates a charger over REST: what can be asked of it, and seen. */
export abstract class ChargerDesk {
  abstract get id(): string;
  abstract get api(): ApiClient;

  path = (rest = '') => `/v1/chargers/${this.id}${rest}`;

  /** The charger as the platform shows it. */
  read(): Promise<ChargerView> {
    return this.api.get(this.path(), ChargerView);
  }

  /** A setting as the platform knows it. */
  async setting(name: string, component: string | null = null) {
    const query = `?name=${name}${component ? `&component=${component}` : ''}`;
    const { configuration } = await this.api.get(
      this.path(`/configuration${query}`),
      Configuration,
    );
    return configuration.find((item) => item.name === name);
  }

  /** A call of the API about this charger, waited for: the command it became, ended. */
  async command(rest: string, body: object = {}, method = 'POST'): Promise<Command> {
    const headers = { Prefer: 'wait=15' };
    const answer = await this.api.ask(method, this.path(rest), { body, headers });
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
    return Command.parse(answer.body);
  }

  raw(action: string, payload: object): Promise<Command> {
    return this.command('/commands/raw', { action, payload });
  }

  /** The command, as soon as it has ended. */
  ended(id: string): Promise<Command> {
    return eventually(async () => {
      const command = await this.api.get(`/v1/commands/${id}`, Command);
      expect(command.completed_at).not.toBeNull();
      return command;
    });
  }

  async #events(type: string): Promise<EventEnvelope[]> {
    const path = `/v1/events?types=${type}&charger_id=${this.id}&limit=100`;
    return (await this.api.get(path, Events)).events;
  }

  /** How many events of this type there have been. */
  async countOf(type: string): Promise<number> {
    return (await this.#events(type)).length;
  }

  /** The newest event of this type whose object has these in it, once it is there. */
  event(type: string, like: object = {}): Promise<EventEnvelope> {
    return eventually(async () => {
      const events = await this.#events(type);
      const found = events.find((event) => isLike(event.data.object, like));
      expect(found, `${type} in ${JSON.stringify(events)}`).toBeDefined();
      return EventEnvelope.parse(found);
    });
  }

  /** The log of frames, newest first: of this action alone, where one is given. */
  async messages(action?: string): Promise<OcppMessage[]> {
    const messages: OcppMessage[] = [];
    const query = action ? `&action=${action}` : '';
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor && `&cursor=${cursor}`;
      const path = this.path(`/ocpp-messages?limit=100${query}${more}`);
      const page: MessagePage = await this.api.get(path, Messages);
      messages.push(...page.messages);
      cursor = page.next_cursor;
    }
    return messages;
  }
}

/** Whether `value` has in it at least what `like` has. */
export function isLike(value: unknown, like: object): boolean {
  try {
    expect(value).toMatchObject(like);
    return true;
  } catch {
    return false;
  }
}
