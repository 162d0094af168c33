import { afterAll, beforeAll, describe, test } from 'vitest';
import { capacityCases } from '#test/contract/capacity-cases.ts';
import { conditionCases } from '#test/contract/condition-cases.ts';
import { counterCases } from '#test/contract/counter-cases.ts';
import {
  dynamoDbLocal,
  type OpenDesk,
  sqliteInFile,
  sqliteInMemory,
} from '#test/contract/engine.ts';
import { expiryCases } from '#test/contract/expiry-cases.ts';
import { queryCases } from '#test/contract/query-cases.ts';
import { refusalCases } from '#test/contract/refusal-cases.ts';
import { valueCases } from '#test/contract/value-cases.ts';
import { writeCases } from '#test/contract/write-cases.ts';
import { hasJava } from '#test/support/dynamodb-local.ts';

const engines = [sqliteInMemory, sqliteInFile];
if (hasJava()) {
  engines.push(dynamoDbLocal);
  capacityCases();
} else if (process.env.CI === 'true') {
  test('has the Java that DynamoDB Local needs', ({ expect }) => {
    expect(hasJava(), 'Install a JRE, version 17 or later.').toBe(true);
  });
} else {
  process.stderr.write('No Java here: the storage contract was not proved on DynamoDB Local.\n');
}

const cases = [
  valueCases,
  writeCases,
  conditionCases,
  refusalCases,
  expiryCases,
  counterCases,
  queryCases,
];

describe.each(engines)('$name', (engine) => {
  let started: Awaited<ReturnType<typeof engine.start>> | undefined;
  const open: OpenDesk = () => {
    if (!started) throw new Error(`${engine.name} has not started.`);
    return started.open();
  };
  beforeAll(async () => {
    started = await engine.start();
  });
  afterAll(() => started?.stop());
  for (const group of cases) group(open);
});
