import { decodeTime, encodeTime } from 'ulid';
import * as z from 'zod';

const PREFIX = 'evt_';
const TIME_CHARACTERS = 10;
const LOWEST_REST = '0'.repeat(16);

export const EventId = z
  .string()
  .regex(/^evt_[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'Not an event id')
  .meta({
    id: 'EventId',
    description: 'Sorts by time.',
    example: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R',
  });

/** When the id was made, milliseconds since 1970. */
export const timeOfEventId = (id: string): number => decodeTime(id.slice(PREFIX.length));

/** The lowest id of this instant: every event of it or later sorts after. */
export const firstEventIdAt = (ms: number): string =>
  `${PREFIX}${encodeTime(Math.max(0, ms), TIME_CHARACTERS)}${LOWEST_REST}`;
