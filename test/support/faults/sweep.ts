import type { Machine } from '#test/support/faults/machine.ts';
import { type Picture, pictureOf } from '#test/support/faults/picture.ts';
import type { Plan, Unit } from '#test/support/faults/processes.ts';
import { untolerated } from '#test/support/faults/tolerated.ts';
import { modesOf } from '#test/support/faults/wire.ts';

/** Something that happens to the platform, and all that follows. */
export interface Step {
  readonly name: string;
  readonly play: (machine: Machine) => Promise<void>;
}

/** Where a call failed. */
export interface Place {
  readonly step: string;
  readonly unit: string;
  readonly call: string;
  readonly mode: Plan['mode'];
}
/** What was otherwise after it, and should not have been. */
export interface Finding {
  readonly at: Place;
  readonly lines: readonly string[];
}

/** Time-outs of calls and commands are over after this, and what they decide shows. */
const LATER_MS = 130_000;

/** The units of this kind and these very calls whose faults have been played. */
const played = new Set<string>();
/** How many runs that took. */
export const cost = { runs: 0 };

/**
 * Plays a step; then again with each of its calls failing in each way, from the same beginning, and
 * compares what is left. Answers the differences nobody accepts. Leaves the machine after the step.
 */
export async function sweep(machine: Machine, step: Step): Promise<Finding[]> {
  machine.mark();
  const { picture, units } = await playOnce(machine, step);
  const findings: Finding[] = [];
  for (const line of picture.filter((one) => one.startsWith('wrong ')))
    findings.push({ at: { step: step.name, unit: '', call: '', mode: 'refused' }, lines: [line] });
  for (const plan of plansOf(units)) {
    await machine.rewind();
    const at = placeOf(step, units, plan);
    const hurt = await playOnce(machine, step, plan);
    cost.runs += 1;
    const lines = untolerated(at, differences(picture, hurt.picture));
    if (lines.length > 0) findings.push({ at, lines });
  }
  await machine.rewind();
  await playOnce(machine, step);
  machine.unmark();
  return findings;
}

/** Plays a step without a fault; the kinds of its units. */
export async function rehearse(machine: Machine, step: Step): Promise<Unit[]> {
  machine.mark();
  const { units, picture } = await playOnce(machine, step);
  machine.unmark();
  const [wrong] = picture.filter((line) => line.startsWith('wrong '));
  if (wrong) throw new Error(`${step.name}: ${wrong}`);
  return units;
}

async function playOnce(machine: Machine, step: Step, plan?: Plan) {
  machine.plan = plan;
  await step.play(machine);
  await machine.drain();
  machine.tick(LATER_MS);
  await machine.drain();
  return { picture: await pictureOf(machine), units: machine.units };
}

/** Every fault of every unit that has not been played elsewhere. */
function plansOf(units: readonly Unit[]): Plan[] {
  return units.flatMap(({ kind, wire: { calls } }, unit) => {
    if (isPlayed(signatureOf(kind, calls))) return [];
    return calls.flatMap((call, at) =>
      isPlayed(wayIn(kind, calls, at)) ? [] : modesOf(call).map((mode) => ({ unit, at, mode })),
    );
  });
}

function isPlayed(name: string | undefined): boolean {
  if (name === undefined) return false;
  if (played.has(name)) return true;
  played.add(name);
  return false;
}

/** Streams and deliveries come in batches of any size: of them it counts what is called, not how often. */
function signatureOf(kind: string, calls: readonly string[]): string {
  const inBatches = /^(reader|subscriber) |^task deliver-/.test(kind);
  return `${kind}: ${(inBatches ? [...new Set(calls)].sort() : calls).join(', ')}`;
}

/** Until its key is claimed, each request goes the same way. */
function wayIn(kind: string, calls: readonly string[], at: number): string | undefined {
  const claimed = calls.indexOf('write put:IDEM/IDEM');
  return kind.startsWith('request ') && at <= claimed
    ? `request: ${calls.slice(0, at + 1).join(', ')}`
    : undefined;
}

const placeOf = ({ name }: Step, units: readonly Unit[], { unit, at, mode }: Plan): Place => ({
  step: name,
  unit: units[unit]?.kind ?? '',
  call: `${at} ${units[unit]?.wire.calls[at]}`,
  mode,
});

/** Lines of one only: `-` is missing where a call failed, `+` is there only then. */
function differences(whole: Picture, hurt: Picture): string[] {
  const left = [...hurt];
  const missing = whole.filter((line) => {
    const n = left.indexOf(line);
    if (n >= 0) left.splice(n, 1);
    return n < 0;
  });
  return [...missing.map((line) => `- ${line}`), ...left.map((line) => `+ ${line}`)];
}

/** A finding as a test shows it. */
export const shown = ({ at, lines }: Finding): string =>
  [`${at.step} | ${at.unit} | ${at.call} | ${at.mode}`, ...lines.map((l) => `    ${l}`)].join('\n');
