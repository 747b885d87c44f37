/** Ports of this machine that we want to listen on. */
import { createServer } from 'node:net'
import { Fault } from '../../protocol/wire/fault.ts'

/** Throws `port-taken` or `port-not-permitted`: better said before anything else was begun. */
export function requireFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Fault(cause.code === 'EADDRINUSE' ? 'port-taken' : 'port-not-permitted', { port }, { cause })),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

/** A port that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
