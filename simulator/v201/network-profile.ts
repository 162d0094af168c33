import * as z from 'zod';
import { answer } from '#simulator/rpc/answer.ts';
import { settingNumber, variableText } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

const SLOTS = [0, 1, 2];

const SetNetworkProfile = z.object({
  configurationSlot: z.int(),
  connectionData: z.looseObject({
    ocppVersion: z.string(),
    ocppTransport: z.string(),
    ocppCsmsUrl: z.string().max(512),
    messageTimeout: z.int(),
    securityProfile: z.int(),
    ocppInterface: z.string(),
  }),
});

/** Security never falls, and we speak JSON over WebSocket only [2.0.1 B09]. */
export const setNetworkProfile = answer(SetNetworkProfile, (turn, request) => {
  const { configurationSlot: slot, connectionData } = request;
  const { ocppTransport, ocppCsmsUrl, securityProfile } = connectionData;
  const fits =
    SLOTS.includes(slot) &&
    ocppTransport === 'JSON' &&
    /^wss?:$/.test(URL.parse(ocppCsmsUrl)?.protocol ?? '') &&
    securityProfile >= settingNumber(turn, 'securityProfile') &&
    securityProfile <= 3;
  if (!fits) return { status: 'Rejected' };
  const others = turn.state.store.networkProfiles.filter((one) => one.slot !== slot);
  keep(turn.state, { networkProfiles: [...others, { slot, raw: connectionData }] });
  return { status: 'Accepted' };
});

/** From the next start on, the first of the priority list [2.0.1 B10]. */
export function useNetworkPriority(turn: Turn): void {
  const [slot = '0'] = variableText(turn, 'OCPPCommCtrlr.NetworkConfigurationPriority').split(',');
  const found = turn.state.store.networkProfiles.find((one) => String(one.slot) === slot.trim());
  if (!found) return;
  turn.state.variables['OCPPCommCtrlr.ActiveNetworkProfile'] = slot.trim();
  const profile = found.raw['securityProfile'];
  if (typeof profile === 'number') {
    turn.state.variables['SecurityCtrlr.SecurityProfile'] = String(profile);
  }
}
