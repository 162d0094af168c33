import type * as z from 'zod';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { NetworkProfileInput } from '#shared/ocpp/inputs/network-profile-input.ts';

const interfaces = {
  wired_0: 'Wired0',
  wired_1: 'Wired1',
  wired_2: 'Wired2',
  wired_3: 'Wired3',
  wireless_0: 'Wireless0',
  wireless_1: 'Wireless1',
  wireless_2: 'Wireless2',
  wireless_3: 'Wireless3',
} as const;

const authentications = { chap: 'CHAP', none: 'NONE', pap: 'PAP', auto: 'AUTO' } as const;
const vpns = { ikev2: 'IKEv2', ipsec: 'IPSec', l2tp: 'L2TP', pptp: 'PPTP' } as const;

/** The word of 2.0 is also that of 2.0.1. */
const transport = { ocppVersion: 'OCPP20', ocppTransport: 'JSON' } as const;

/** How to reach a platform, into one of the charger's slots; it is used when it is preferred (B09, B10). */
export const setNetworkProfile = defineOutbound('ocpp2.0.1', 'SetNetworkProfile', {
  command: 'set_network_profile',
  capability: 'network_profile',
  example: {
    configurationSlot: 2,
    connectionData: {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppCsmsUrl: 'wss://api.magmapro.in/ocpp/magma',
      messageTimeout: 30,
      securityProfile: 2,
      ocppInterface: 'Wired0',
    },
  },
  toRequest(input) {
    const { slot, url, security_profile, message_timeout_seconds, apn, vpn, ...rest } =
      NetworkProfileInput.parse(input);
    return {
      configurationSlot: slot,
      connectionData: {
        ...transport,
        ocppCsmsUrl: url,
        messageTimeout: message_timeout_seconds,
        securityProfile: security_profile,
        ocppInterface: interfaces[rest.interface],
        ...(apn ? { apn: apnOf(apn) } : {}),
        ...(vpn ? { vpn: vpnOf(vpn) } : {}),
      },
    };
  },
});

type Parts = z.infer<typeof NetworkProfileInput>;

function apnOf({
  apn,
  user_name,
  password,
  preferred_network,
  ...rest
}: NonNullable<Parts['apn']>) {
  return {
    apn,
    apnAuthentication: authentications[rest.authentication],
    ...(user_name === undefined ? {} : { apnUserName: user_name }),
    ...(password === undefined ? {} : { apnPassword: password }),
    ...(preferred_network === undefined ? {} : { preferredNetwork: preferred_network }),
    ...(rest.only_preferred_network ? { useOnlyPreferredNetwork: true } : {}),
  };
}

function vpnOf({ server, user, group, password, key, type }: NonNullable<Parts['vpn']>) {
  const of = group === undefined ? {} : { group };
  return { server, user, ...of, password, key, type: vpns[type] };
}
