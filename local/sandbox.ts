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
} as const;
