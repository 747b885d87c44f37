/**
 * Producers over HTTP, in a process of their own so that they do not share the server's thread.
 *
 * They speak HTTP by hand over bare sockets: what is measured is the server, and a heavier client would take more
 * of the cores than it.
 */
import { fork } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

export type Load = { readonly perSecond: number; readonly latencies: readonly number[] }
type Order = { readonly port: number; readonly bodies: readonly string[]; readonly connections: number }

/** Sends every body once, over that many connections, each waiting for its answer before it sends the next. */
export function loadOverHttp(port: number, bodies: readonly string[], connections: number): Promise<Load> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--load'], { serialization: 'advanced' })
    child.once('message', (load: Load) => {
      resolve(load)
      child.kill()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the load generator ended early (${code})`)))
    child.send({ port, bodies, connections } satisfies Order)
  })
}

async function load({ port, bodies, connections }: Order): Promise<Load> {
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST /v1/commands HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  )
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(port)))
  const latencies: number[] = []
  let next = 0
  const start = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let i = next++; i < requests.length; i = next++) {
        const sent = performance.now()
        const status = await exchange(socket, requests[i]!)
        latencies.push(performance.now() - sent)
        if (status !== 201) throw new Error(`status ${status}`)
      }
    }),
  )
  const took = performance.now() - start
  for (const socket of sockets) socket.destroy()
  return { perSecond: (requests.length / took) * 1000, latencies }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Sends a request and reads one answer with a Content-Length. */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const onData = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const end = received.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = received.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) reject(new Error(head))
      if (received.length < end + 4 + length) return
      socket.off('data', onData)
      resolve(Number(head.slice(9, 12)))
    }
    socket.on('data', onData)
    socket.write(request)
  })
}

if (process.argv[2] === '--load') {
  process.once('message', (order: Order) => {
    void load(order).then(
      (result) => process.send?.(result),
      (cause: unknown) => {
        console.error(cause)
        process.exit(1)
      },
    )
  })
}
