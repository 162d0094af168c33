import * as z from 'zod';

const Document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string() }),
});
export type Document = z.infer<typeof Document>;

/**
 * The document as `npm run generate` last wrote it, with this deployment as its server, so that a client
 * made from it calls whom it was fetched from. It lies beside this file as JSON, since a Lambda
 * has no other way to know the endpoints of all the others; it is read on the first request for it.
 */
export async function publishedDocument(api: string): Promise<Document> {
  const { default: document } = await import('#shared/http/openapi/document.json', {
    with: { type: 'json' },
  });
  const servers = [{ url: api, description: 'This deployment.' }];
  return { ...Document.parse(document), servers };
}

/** The same as YAML. */
export async function publishedYaml(api: string): Promise<string> {
  const [document, { toYaml }] = await Promise.all([
    publishedDocument(api),
    import('#shared/http/openapi/to-yaml.ts'),
  ]);
  return toYaml(document);
}
