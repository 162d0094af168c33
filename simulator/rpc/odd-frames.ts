import type { Output, Turn } from '#simulator/turn.ts';

type Stray = 'result' | 'error' | 'unknown_type' | 'unknown_action';

const STRAY: Record<Stray, string> = {
  result: '[3,"nobody-asked",{}]',
  error: '[4,"nobody-asked","InternalError","",{}]',
  unknown_type: '[9,"of-another-kind",{}]',
  unknown_action: '[2,"unheard-of","Levitate",{}]',
};

/** After a boot, what a charger that misbehaves puts on the wire beside its messages. */
export function sendOddFrames({ state, outputs }: Turn): void {
  const { hugeFrameBytes, binaryFrame, strayFrames = [] } = state.misbehave;
  const send = (text: string): Output => ({ type: 'send', text });
  if (hugeFrameBytes !== undefined) {
    outputs.push(send(`[2,"huge","${'x'.repeat(hugeFrameBytes)}",{}]`));
  }
  if (binaryFrame) outputs.push({ type: 'send_binary', bytes: Uint8Array.of(0, 159, 146, 150) });
  outputs.push(...strayFrames.map((kind) => send(STRAY[kind])));
}
