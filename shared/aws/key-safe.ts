import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

export interface KeySafe {
  /** What the secret holds; undefined while it holds nothing. */
  read(): Promise<string | undefined>;
  store(value: string): Promise<void>;
}

/** A secret that code fills, and its owner reads. */
export function keySafe(SecretId: string, client = new SecretsManagerClient({})): KeySafe {
  return {
    async read() {
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async store(SecretString) {
      await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    },
  };
}
