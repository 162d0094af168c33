import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { phaseOf } from '#simulator/charging/connectors.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';
import type { Condition, Script, Step } from '#simulator/script/script.ts';
import { Transcript } from '#simulator/script/transcript.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';

const PATIENCE_SECONDS = 30;

/** A script that could not be followed to its end; the message says where and why. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

type Setting = Pick<SimulatorOptions, 'url'> &
  Partial<Omit<SimulatorOptions, 'charger' | 'misbehave' | 'onFrame'>>;

/** Plays a script against a platform; `tell` hears of each step as it begins. */
export async function playScript(
  script: Script,
  setting: Setting,
  tell: (line: string) => void = () => {},
): Promise<void> {
  const transcript = new Transcript();
  const simulator = startSimulator({
    ...settled(script.options ?? {}),
    ...setting,
    charger: chargerOf(script),
    ...(script.misbehave ? { misbehave: script.misbehave } : {}),
    onFrame: (direction, text) => transcript.add(direction, text),
  });
  try {
    await play(script.steps, { simulator, transcript, tell, path: '' });
  } finally {
    await simulator.close();
  }
}

/** Only what was chosen, so that the rest is settled by default. */
const settled = (options: NonNullable<Script['options']>): object =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

function chargerOf({ charger }: Script): ChargerSpec {
  if (typeof charger !== 'string') return charger;
  const found = sandboxChargers.find(({ identity }) => identity === charger);
  if (!found) throw new ScriptError(`There is no charger ${charger} in the sandbox`);
  return found;
}

type Stage = {
  simulator: Simulator;
  transcript: Transcript;
  tell: (line: string) => void;
  path: string;
};

async function play(steps: readonly Step[], stage: Stage): Promise<void> {
  for (const [at, step] of steps.entries()) {
    const path = `${stage.path}${at + 1}`;
    stage.tell(`${path}  ${describe(step)}`);
    await follow(step, { ...stage, path });
  }
}

function describe(step: Step): string {
  if (step.note) return step.note;
  if ('do' in step) return `do ${step.do.type}`;
  if ('wait' in step) return `wait ${step.wait} s`;
  if ('until' in step) return `until ${step.until}`;
  if ('expect' in step) return `expect ${step.expect.action} from the ${step.expect.from}`;
  return `repeat ${step.repeat} times`;
}

async function follow(step: Step, stage: Stage): Promise<void> {
  const { simulator, transcript, path } = stage;
  if ('do' in step) simulator.happens(step.do);
  else if ('wait' in step) await new Promise((go) => setTimeout(go, step.wait * 1000));
  else if ('until' in step) {
    const holds = (state: ChargerState): boolean => meets(state, step.until, step.connectorId);
    await inTime(simulator.until(holds), step, path);
  } else if ('expect' in step) await inTime(heard(transcript, step), step, path);
  else {
    for (let time = 1; time <= step.repeat; time += 1) {
      await play(step.steps, { ...stage, path: `${path}.${time}.` });
    }
  }
}

function meets(state: ChargerState, condition: Condition, connectorId?: number): boolean {
  const { online, registration, queue, inFlight, connectors } = state;
  if (condition === 'online') return online && registration === 'accepted';
  if (condition === 'offline') return !online;
  if (condition === 'quiet') return queue.length === 0 && inFlight === null;
  return connectors.some((one) => (connectorId ?? one.id) === one.id && phaseOf(one) === condition);
}

function heard(transcript: Transcript, { expect }: Extract<Step, { expect: object }>) {
  return new Promise<void>((resolve) => {
    if (transcript.find(expect)) return resolve();
    const stop = transcript.listen(() => {
      if (!transcript.find(expect)) return;
      stop();
      resolve();
    });
  });
}

/** Waits for a promise, but not for ever. */
async function inTime(
  promise: Promise<void>,
  step: Step & { within?: number | undefined },
  path: string,
): Promise<void> {
  const seconds = step.within ?? PATIENCE_SECONDS;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `Step ${path} (${describe(step)}) did not come true within ${seconds} s`;
    timer = setTimeout(() => reject(new ScriptError(message)), seconds * 1000);
  });
  promise.catch(() => {});
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
