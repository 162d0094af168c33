/** What every local sandbox is, so that examples can be written down with it. */
export const sandbox = {
  organization: 'demo',
  site: 'BLR-IND',
  /** Opens nothing but a local data folder. Fixed, so that it is the same after `--reset`. */
  apiKey: 'mk_test_LocalSandboxKey000000000000000003M0Wk5',
  /** Signs in at this host alone: nobody else can reach it. */
  owner: {
    email: 'owner@sandbox.example',
    name: 'Sandbox Owner',
    password: 'nine simulated chargers',
  },
  /** An OAuth client for software, and one each for people and drivers: the apps are public, on loopback. */
  service: { id: 'oac_sandbox', secret: 'mos_test_LocalSandboxSecret00000000000000000000000' },
  memberApp: 'oac_sandbox_app',
  driverApp: 'oac_sandbox_driver_app',
  redirectUri: 'http://127.0.0.1/callback',
} as const;
