import type { MessageRows } from '#bench/units/message-rows.ts';
import type { MeteredSite } from '#bench/units/site.ts';
import { keys } from '#shared/db/keys.ts';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { ocspResponder } from '#test/support/ocsp-responder.ts';
import { aPki } from '#test/support/pnc-pki.ts';

/** What a charger asks for cars: a contract certificate, and what an issuer says of one. */
export async function contractMessages201(rows: MessageRows, { world }: MeteredSite) {
  await using service = await loopbackServer();
  const exi_response = Buffer.from('a contract certificate, in EXI').toString('base64');
  service.answer((response) => response.writeHead(200).end(JSON.stringify({ exi_response })));
  const ctx = world.context();
  const key = keys.organization(ctx.tenantId);
  const set = { contract_provisioning: { url: service.url, token: 'secret' } };
  await ctx.table.write([{ op: 'update', key, set, when: 'present' }]);
  await rows.say('Get15118EVCertificate', {
    iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
    action: 'Install',
    exiRequest: 'gJgC',
  });
  await certificateStatus(rows);
}

async function certificateStatus(rows: MessageRows): Promise<void> {
  await using responder = await ocspResponder();
  const { root, sub1, sub2, leaf } = await aPki({ responderUrl: responder.url });
  responder.serve(root, sub1, sub2);
  const [certificate, issuer] = readChain(leaf.pem + sub2.pem);
  if (!certificate || !issuer) throw new Error('Nothing to read');
  const hash = hashDataOf(certificate, issuer);
  const ocspRequestData = {
    hashAlgorithm: 'SHA256',
    issuerNameHash: hash.issuer_name_hash,
    issuerKeyHash: hash.issuer_key_hash,
    serialNumber: hash.serial_number,
    responderURL: responder.url,
  };
  await rows.say('GetCertificateStatus', { ocspRequestData }, 'its responder is asked');
  await rows.say('GetCertificateStatus', { ocspRequestData }, 'known from before');
}
