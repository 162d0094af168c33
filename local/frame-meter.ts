/**
 * Follows the bytes of a WebSocket and tells the payload length of every frame as soon as its header
 * is complete (RFC 6455 section 5.2). The socket library knows messages only, and API Gateway's limit is on
 * frames.
 */
export function frameMeter(onFrame: (payloadBytes: number) => void): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let skip = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (skip > 0) {
        const part = Math.min(skip, rest.length);
        skip -= part;
        rest = rest.subarray(part);
        continue;
      }
      const before = header.length;
      header = Buffer.concat([header, rest.subarray(0, LONGEST_HEADER)]);
      const frame = readHeader(header);
      if (!frame) return;
      onFrame(frame.payload);
      rest = rest.subarray(frame.header - before);
      skip = frame.payload;
      header = Buffer.alloc(0);
    }
  };
}

const LONGEST_HEADER = 14;
const MASK_BYTES = 4;

function readHeader(bytes: Buffer): { header: number; payload: number } | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const short = second & 0x7f;
  const mask = second & 0x80 ? MASK_BYTES : 0;
  const extra = short === 127 ? 8 : short === 126 ? 2 : 0;
  const header = 2 + extra + mask;
  if (bytes.length < header) return undefined;
  if (extra === 8) return { header, payload: Number(bytes.readBigUInt64BE(2)) };
  return { header, payload: extra === 2 ? bytes.readUInt16BE(2) : short };
}
