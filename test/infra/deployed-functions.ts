import * as z from 'zod';
import { functionName } from '#lib/names.ts';
import type { Synthesized, SynthesizedStack } from '#test/infra/synthesized.ts';

export interface DeployedFunction {
  readonly file: string;
  readonly group: string;
  readonly entry: string;
  readonly role: string;
  /** Everything its role's policies allow. */
  readonly actions: readonly string[];
  readonly environment: Readonly<Record<string, unknown>>;
}

const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const Lambda = z.object({
  FunctionName: z.string(),
  Role: GetAtt,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Policy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.literal('Allow'), Action: oneOrMany })),
  }),
});

/** Each function of functions/ with the actions that its role allows in the templates. */
export function deployedFunctions({ stacks, bundles, settings }: Synthesized): DeployedFunction[] {
  const byName = new Map(
    bundles.functions.map((file) => [functionName(settings.name, file.group, file.entry), file]),
  );
  return stacks.flatMap((stack) =>
    ofType(stack, 'AWS::Lambda::Function').map((properties) => {
      const { FunctionName, Role, Environment } = Lambda.parse(properties);
      const file = byName.get(FunctionName);
      if (!file) throw new Error(`${FunctionName} comes from no file`);
      const [role] = Role['Fn::GetAtt'];
      return {
        ...file,
        role: `${stack.name}/${role}`,
        actions: actionsOf(stack, role),
        environment: Environment.Variables,
      };
    }),
  );
}

const actionsOf = (stack: SynthesizedStack, role: string) =>
  ofType(stack, 'AWS::IAM::Policy')
    .map((properties) => Policy.parse(properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));

const ofType = ({ resources }: SynthesizedStack, type: string) =>
  Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
