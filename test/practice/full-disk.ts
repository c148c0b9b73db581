// Simulates a full disk: writes of this process to files fail with ENOSPC in the middle of a line.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import sinon from 'sinon';

/** Returns a function that ends it. */
export function fillDisk(): () => void {
  const { writeSync } = fs;
  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  let begun = false;
  const some = (fd: number, bytes: NodeJS.ArrayBufferView, at?: number) => {
    if (begun) throw full();
    begun = true;
    return writeSync(fd, bytes, at ?? 0, Math.min(5, bytes.byteLength - (at ?? 0) - 1));
  };
  const stubs = [
    sinon.stub(fs, 'writeSync').callsFake(some as typeof fs.writeSync),
    sinon.stub(fs, 'writeFileSync').throws(full()),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const stub of stubs) stub.restore();
    syncBuiltinESMExports();
  };
}
