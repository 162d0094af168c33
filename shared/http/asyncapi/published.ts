import * as z from 'zod';

const Document = z.looseObject({
  asyncapi: z.string(),
  info: z.looseObject({ title: z.string() }),
});
export type Document = z.infer<typeof Document>;

/** The document as `npm run generate` last wrote it, with this deployment as its server. */
export async function publishedAsyncApi(live: string): Promise<Document> {
  const { default: document } = await import('#shared/http/asyncapi/document.json', {
    with: { type: 'json' },
  });
  const { host, protocol } = new URL(live);
  const here = { host, protocol: protocol.replace(':', ''), description: 'This deployment.' };
  return { ...Document.parse(document), servers: { live: here } };
}
