import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { nagReasons } from '#lib/nag-reasons.ts';

export interface Finding {
  readonly name: string;
  readonly at: string;
  readonly description: string;
}

/** What cdk-nag finds and nobody has given a reason for. */
export function findings(app: App): Finding[] {
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({
      name: ruleName,
      at: constructPath ?? '',
      description,
    })),
  );
}

/** Acknowledges what has a reason, where it is; answers the rest, and the reasons nothing needed. */
export function acknowledge(app: App): { open: Finding[]; unused: string[] } {
  const used = new Set<string>();
  const open = findings(app).filter((finding) => {
    const known = nagReasons.find(
      (reason) => reason.finding.test(finding.name) && reason.at.test(finding.at),
    );
    if (!known) return true;
    used.add(known.reason);
    Validations.of(constructAt(app, finding.at)).acknowledge({
      id: finding.name,
      reason: known.reason,
    });
    return false;
  });
  const unused = nagReasons.map(({ reason }) => reason).filter((reason) => !used.has(reason));
  return { open, unused };
}

/** From here on a synth fails on every finding without a reason. */
export function enforceNag(app: App): void {
  acknowledge(app);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }),
  );
}

const constructAt = (app: App, path: string): IConstruct =>
  path.split('/').reduce<IConstruct>((node, id) => node.node.findChild(id), app);
