import type { Role } from 'aws-cdk-lib/aws-iam';
import { Code, type Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Bundles, groupOf } from '#lib/bundle.ts';
import { groupRole } from '#lib/constructs/group-role.ts';
import { houseLambda } from '#lib/constructs/house-lambda.ts';
import { environmentFor, type Resources } from '#lib/constructs/resources.ts';
import { functionName, pascalCase } from '#lib/names.ts';
import type { Settings } from '#lib/settings.ts';

export interface FunctionGroupProps {
  readonly group: string;
  /** Only these of the group's entries; all where left out. */
  readonly entries?: readonly string[];
  readonly bundles: Bundles;
  readonly settings: Settings;
  readonly resources: Resources;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  /** What a function is for, by its entry. */
  readonly describe?: (entry: string) => string | undefined;
}

/** Functions that share an asset and a role. Role and environment follow from what their code calls. */
export class FunctionGroup extends Construct {
  readonly role: Role;
  readonly functions: ReadonlyMap<string, Lambda>;

  constructor(scope: Construct, id: string, props: FunctionGroupProps) {
    super(scope, id);
    const { settings, resources } = props;
    const group = groupOf(props.bundles, props.group);
    const files = group.files.filter(({ entry }) => props.entries?.includes(entry) ?? true);
    const calls = new Set(files.flatMap((file) => [...props.bundles.callsOf(file)]));
    this.role = groupRole(this, 'Role', describeGroup(props), calls, resources);
    const environment = environmentFor(calls, resources);
    const code = Code.fromAsset(group.folder);
    this.functions = new Map(
      files.map(({ entry, file }) => [
        entry,
        houseLambda(this, pascalCase(entry), {
          name: functionName(settings.name, group.name, entry),
          description: props.describe?.(entry) ?? file,
          code,
          entry,
          role: this.role,
          environment,
          logDays: settings.logDays,
          memoryMb: props.memoryMb ?? 512,
          timeoutSeconds: props.timeoutSeconds ?? 15,
        }),
      ]),
    );
  }

  /** The function whose bundle has this name. */
  get(entry: string): Lambda {
    const found = this.functions.get(entry);
    if (!found) throw new Error(`No function ${entry} in ${this.node.path}`);
    return found;
  }
}

const describeGroup = ({ group, entries }: FunctionGroupProps) =>
  entries ? `${group}: ${entries.join(', ')}` : `all ${group} functions`;
