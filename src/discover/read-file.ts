import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a regular file up to `limit`; undefined for anything else, without ever waiting for a pipe or device. */
export function readRegularFile(absolute: string, limit: number): Uint8Array | undefined {
  // Non-blocking, because opening a named pipe would wait for a writer that never comes.
  return readOpened(absolute, constants.O_RDONLY | constants.O_NONBLOCK, limit);
}

/** The same with the flags to open it with. */
export function readOpened(absolute: string, flags: number, limit: number): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(absolute, flags);
    const stat = fstatSync(descriptor);
    return stat.isFile() && stat.size <= limit ? readBytes(descriptor, stat.size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readBytes(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
