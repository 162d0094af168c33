import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ACCOUNT, type Emulator, REGION } from '#scripts/deploy-test/emulator.ts';

/** What an operator would give; all but `ephemeral`, which is the test's. */
const CONTEXT = {
  ephemeral: 'true',
  prefix: 'deploytest',
  stage: 'ci',
  organization: 'demo',
  livemode: 'false',
};

const contextArguments = (emulator: Emulator) =>
  Object.entries({ ...CONTEXT, emulator: emulator.url }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);

const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

export interface Deployed {
  /** Stacks that this deploy changed. */
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** The real CDK command line, on the real app, against the emulator. */
export class Cdk {
  readonly #root: string;
  readonly #emulator: Emulator;

  constructor(root: string, emulator: Emulator) {
    this.#root = root;
    this.#emulator = emulator;
  }

  /** From a folder without an app, which it does not need. */
  bootstrap = () => this.#run(this.#emulator.folder, 'bootstrap', `aws://${ACCOUNT}/${REGION}`);

  /** Synthesizes anew each time: equal sources must give an equal deployment. */
  async deploy(): Promise<Deployed> {
    const file = join(this.#emulator.folder, 'outputs.json');
    const said = await this.#run(
      this.#root,
      ...['deploy', '--all', '--require-approval', 'never', '--outputs-file', file],
      ...['--output', this.#assembly, ...contextArguments(this.#emulator)],
    );
    const done = [...said.matchAll(/✅ +(\S+) \(\S+\)( \(no changes\))?/g)];
    const outputs = Outputs.parse(JSON.parse(readFileSync(file, 'utf8')));
    return {
      changed: done.flatMap(([, name, same]) => (name && !same ? [name] : [])),
      unchanged: done.flatMap(([, name, same]) => (name && same ? [name] : [])),
      outputs: Object.assign({}, ...Object.values(outputs)),
    };
  }

  /** What the last deploy synthesized. */
  destroy = () => this.#run(this.#root, 'destroy', '--all', '--force', '--app', this.#assembly);

  get #assembly(): string {
    return join(this.#emulator.folder, 'cdk.out');
  }

  #run(cwd: string, ...args: string[]): Promise<string> {
    const cdk = join(this.#root, 'node_modules/aws-cdk/bin/cdk');
    const child = spawn(process.execPath, [cdk, ...args], {
      cwd,
      env: this.#emulator.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        if (code === 0) return resolve(said);
        const end = said.trim().split('\n').slice(-40).join('\n');
        reject(new Error(`cdk ${args[0]} ended with ${code}:\n${end}`));
      });
    });
  }
}
