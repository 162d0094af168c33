import type * as z from 'zod';
import type { Answer, Payload, ResultHandler, Turn } from '#simulator/turn.ts';

/** Joins the shape of a request of the platform's with what the charger says to it. */
export function answer<Request>(
  shape: z.ZodType<Request>,
  reply: (turn: Turn, request: Request) => Payload,
): Answer {
  return {
    check: (payload) => shape.safeParse(payload, { reportInput: true }).error?.issues[0] ?? null,
    reply: (turn, payload) => reply(turn, shape.parse(payload)),
  };
}

/** Reads the result of a call of ours; one that does not parse counts as an error. */
export function onResult<Result>(
  shape: z.ZodType<Result>,
  handle: (turn: Turn, connectorId: number | null, result: Result | null) => void,
): ResultHandler {
  return (turn, call, settlement) => {
    const read = settlement.outcome === 'result' ? shape.safeParse(settlement.payload) : null;
    handle(turn, call.connectorId, read?.success ? read.data : null);
  };
}
