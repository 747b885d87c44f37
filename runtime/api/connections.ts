/**
 * The open connections of a server, to close those that nobody waits on.
 *
 * Node closes connections that are idle between two requests, but not those on which no request has come yet, and
 * browsers and clients open such connections in advance.
 */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export type Connections = {
  /** Closes every connection without a request under way. */
  closeIdle(): void
}

export function connectionsOf(server: Server): Connections {
  const requests = new Map<Socket, number>()

  server.on('connection', (socket: Socket) => {
    requests.set(socket, 0)
    socket.once('close', () => requests.delete(socket))
  })
  server.on('request', ({ socket }, outgoing) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1)
    outgoing.once('close', () => {
      const left = (requests.get(socket) ?? 1) - 1
      if (requests.has(socket)) requests.set(socket, left)
    })
  })

  return {
    closeIdle() {
      for (const [socket, underWay] of requests) if (underWay === 0) socket.destroySoon()
    },
  }
}
