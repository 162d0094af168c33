import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The value of a secret, read once per execution environment and again after `minutes`. */
export function secretReader(
  id: string,
  minutes = 15,
  client = new SecretsManagerClient({ maxAttempts: 5 }),
): () => Promise<string> {
  let value: Promise<string> | undefined;
  let freshUntil = 0;
  return () => {
    if (!value || Date.now() > freshUntil) {
      freshUntil = Date.now() + minutes * 60_000;
      value = read(client, id);
      value.catch(() => {
        value = undefined;
      });
    }
    return value;
  };
}

async function read(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined) throw new Error(`The secret ${SecretId} is empty`);
  return SecretString;
}
