import * as z from 'zod';
import { rescheduleHeartbeat } from '#simulator/charging/registration.ts';
import { rescheduleSamples } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import type { Turn } from '#simulator/turn.ts';
import { CONFIGURATION_KEYS, findKey, isFitting } from '#simulator/v16/configuration-keys.ts';

const GetConfiguration = z.object({ key: z.array(z.string().max(50)).optional() });

/** A secret key is reported without its value, as the security extension asks. */
export const getConfiguration = answer(GetConfiguration, ({ state }, { key }) => {
  const asked = key?.length ? key : CONFIGURATION_KEYS.map(({ name }) => name);
  const found = asked.flatMap((name) => findKey(name) ?? []);
  const unknownKey = asked.filter((name) => !findKey(name));
  return {
    configurationKey: found.map(({ name, access }) => ({
      key: name,
      readonly: access === 'read',
      ...(access === 'secret' ? {} : { value: state.variables[name] ?? '' }),
    })),
    ...(unknownKey.length ? { unknownKey } : {}),
  };
});

const ChangeConfiguration = z.object({ key: z.string().max(50), value: z.string().max(500) });

export const changeConfiguration = answer(ChangeConfiguration, (turn, { key, value }) => {
  const known = findKey(key);
  if (!known) return { status: 'NotSupported' };
  if (known.access === 'read' || !isFitting(known, value)) return { status: 'Rejected' };
  turn.state.variables[known.name] = value;
  takeEffect(turn, known.name);
  return { status: 'Accepted' };
});

function takeEffect(turn: Turn, name: string): void {
  if (name === 'HeartbeatInterval') rescheduleHeartbeat(turn);
  if (name === 'MeterValueSampleInterval') rescheduleSamples(turn);
}
