import * as z from 'zod';
import { reconnectSoon, rescheduleHeartbeat } from '#simulator/charging/registration.ts';
import { rescheduleSamples } from '#simulator/charging/session.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { settingNumber, settingText, variableText } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';
import { configurationKeys, findKey, isFitting } from '#simulator/v16/configuration-keys.ts';

const GetConfiguration = z.object({ key: z.array(z.string().max(50)).optional() });

/** A secret key is reported without its value, as the security extension asks. */
export const getConfiguration = answer(GetConfiguration, (turn, { key }) => {
  const { spec } = turn.state;
  const asked = key?.length ? key : configurationKeys(spec).map(({ name }) => name);
  const found = asked.flatMap((name) => findKey(spec, name) ?? []);
  const unknownKey = asked.filter((name) => !findKey(spec, name));
  return {
    configurationKey: found.map(({ name, access }) => ({
      key: name,
      readonly: access === 'read',
      ...(access === 'secret' ? {} : { value: variableText(turn, name) }),
    })),
    ...(unknownKey.length ? { unknownKey } : {}),
  };
});

const ChangeConfiguration = z.object({ key: z.string().max(50), value: z.string().max(500) });

export const changeConfiguration = answer(ChangeConfiguration, (turn, { key, value }) => {
  const known = findKey(turn.state.spec, key);
  if (!known) return { status: 'NotSupported' };
  if (known.access === 'read' || !isFitting(known, value)) return { status: 'Rejected' };
  if (known.name === 'SecurityProfile' && !isNextProfile(turn, Number(value))) {
    return { status: 'Rejected' };
  }
  turn.state.variables[known.name] = value;
  takeEffect(turn, known.name);
  return { status: known.access === 'reboot' ? 'RebootRequired' : 'Accepted' };
});

function takeEffect(turn: Turn, name: string): void {
  if (name === 'HeartbeatInterval') rescheduleHeartbeat(turn);
  if (name === 'MeterValueSampleInterval') rescheduleSamples(turn);
  if (name !== 'AuthorizationKey' && name !== 'SecurityProfile') return;
  reconnectSoon(turn);
  if (turn.state.options.securityEvents) {
    recordSecurityEvent(turn, 'ReconfigurationOfSecurityParameters', name);
  }
}

/** Security only ever rises, and only to what we have the means for [whitepaper section 2.3, A05]. */
function isNextProfile(turn: Turn, wanted: number): boolean {
  const { roots, own } = turn.state.store;
  if (wanted < settingNumber(turn, 'securityProfile') || wanted > 3) return false;
  const hasRoot = roots.some(({ use }) => use === 'csms');
  if (wanted === 3) return hasRoot && own.some(({ use }) => use === 'station');
  return settingText(turn, 'password') !== '' && (wanted < 2 || hasRoot);
}
