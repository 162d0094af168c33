import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Output } from '#simulator/turn.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** What goes out as a charger with bad manners puts it on the wire. */
export function disfigured(
  { sloppyFrames, duplicateFrames }: Misbehaviour,
  outputs: Output[],
): Output[] {
  if (!sloppyFrames && !duplicateFrames) return outputs;
  return outputs.flatMap((output): Output[] => {
    if (output.type !== 'send') return [output];
    const sent = { ...output, text: sloppy(output.text, sloppyFrames) };
    return duplicateFrames ? [sent, sent] : [sent];
  });
}

function sloppy(text: string, how: Misbehaviour['sloppyFrames']): string {
  if (!how) return text;
  const spaced = how === 'byte_order_mark' ? text : ` ${text.replace(',', ' ,\n\t')}\r\n`;
  return how === 'whitespace' ? spaced : BYTE_ORDER_MARK + spaced;
}
