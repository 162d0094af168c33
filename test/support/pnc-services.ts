import { afterAll } from 'vitest';
import { sandbox } from '#local/sandbox.ts';
import { sandboxContext } from '#local/sandbox-context.ts';
import { seed } from '#local/seed.ts';
import { keys } from '#shared/db/keys.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';
import { type OcspResponder, ocspResponder } from '#test/support/ocsp-responder.ts';
import { aPki, type Pki } from '#test/support/pnc-pki.ts';
import { prepareData } from '#test/support/prepared-data.ts';

/** What it gives to each car that asks, base64. */
export const EXI_RESPONSE = Buffer.from('a contract certificate, in EXI').toString('base64');

/** The world of Plug & Charge around a host: a PKI, its OCSP responder, and who provisions contracts. */
export class PncServices {
  #pki: Pki | undefined;
  #responder: OcspResponder | undefined;
  #provisioning: LoopbackServer | undefined;

  get pki(): Pki {
    return there(this.#pki);
  }

  get responder(): OcspResponder {
    return there(this.#responder);
  }

  get provisioning(): LoopbackServer {
    return there(this.#provisioning);
  }

  /** Starts all, and has the sandbox's organization know who provisions its contracts. */
  async open(dataDir: string): Promise<void> {
    const responder = await ocspResponder();
    responder.now = () => new Date();
    responder.nextUpdate = undefined;
    const pki = await aPki({ responderUrl: responder.url });
    responder.serve(pki.root, pki.sub1, pki.sub2);
    const provisioning = await loopbackServer();
    const answer = JSON.stringify({ exi_response: EXI_RESPONSE });
    provisioning.answer((response) => response.writeHead(200).end(answer));
    this.#pki = pki;
    this.#responder = responder;
    this.#provisioning = provisioning;
    await prepareData(dataDir, new Date(), async (runtime) => {
      await seed(runtime);
      const { table } = sandboxContext(runtime, 'provisioning');
      const set = { contract_provisioning: { url: provisioning.url, token: 'secret-1' } };
      const key = keys.organization(sandbox.organization);
      await table.write([{ op: 'update', key, set, when: 'present' }]);
    });
  }

  async close(): Promise<void> {
    await this.#responder?.[Symbol.asyncDispose]();
    await this.#provisioning?.[Symbol.asyncDispose]();
  }
}

function there<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('Not open yet');
  return one;
}

/** Opened by the stage of the file, gone with it. */
export function pncServices(): PncServices {
  const services = new PncServices();
  afterAll(() => services.close());
  return services;
}
