/**
 * The two ways to reach an agent's MCP server: its own standard input and output, or HTTP on the loopback.
 *
 * Over HTTP there is no other lock than the address: whoever can call it acts in the agent's name. So it binds to the
 * loopback only, and answers no request whose Host or Origin is another (DNS rebinding).
 *
 * Faults: `port-taken`, `address-unavailable`.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createMcpHonoApp } from '@modelcontextprotocol/hono'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Hands } from './hands.ts'
import { agentServer } from './server.ts'

export type Serving = { readonly url?: string; close(): Promise<void> }

/** Standard output is the protocol's from here on. */
export function overStdio(hands: Hands, onTrouble: (cause: Error) => void): Serving {
  const handle = serveStdio(() => agentServer(hands), { onerror: onTrouble })
  return { close: () => handle.close() }
}

const HOST = '127.0.0.1'
const BODY_MAX = 8 * 1024 * 1024

export async function overHttp(hands: Hands, port: number, onTrouble: (cause: Error) => void): Promise<Serving> {
  const handler = createMcpHandler(() => agentServer(hands), { onerror: onTrouble, maxRequestBodySize: BODY_MAX })
  const app = createMcpHonoApp({ host: HOST, maxRequestBodySize: BODY_MAX })
  app.all('/mcp', (c) => {
    const parsedBody: unknown = (c as unknown as { get(name: string): unknown }).get('parsedBody')
    return handler.fetch(c.req.raw, parsedBody === undefined ? {} : { parsedBody })
  })
  const listener = getRequestListener(app.fetch)
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Fault(cause.code === 'EADDRINUSE' ? 'port-taken' : 'address-unavailable', { port }, { cause })),
    )
    server.listen(port, HOST, resolve)
  })
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/mcp`,
    close: async () => {
      await handler.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}
