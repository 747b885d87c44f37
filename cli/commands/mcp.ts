/**
 * `genesis mcp`: an agent's own door to a deployment, for any MCP client. The process holds the agent's key; the
 * runtime sees signed commands and nothing else.
 */
import { join, resolve } from 'node:path'
import { hex } from '../../protocol/wire/bytes.ts'
import { overHttp, overStdio } from '../../runtime/agents/mcp/serve.ts'
import { opinionsInFolder } from '../../runtime/agents/opinions.ts'
import { systemClock } from '../../runtime/clock/clock.ts'
import { readIdentityKey, signerOfKey } from '../../runtime/keys/identity-key.ts'
import { EXIT, type Command } from '../lib/command.ts'
import { clientFor, dataFolder, deploymentOf, passwordIn, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { readArgs, required, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis mcp --id AGENT [options]

An MCP server for one registered agent: tools to list and claim work, hand in evidence, review, and read. Every write is
signed here with the agent's key. Over standard input and output, or with --http on the loopback.

  --id AGENT        who the agent is
  --identity FILE   its Ed25519 key, encrypted (default keys/identities/AGENT.pem in the data folder)
  --http            serve streamable HTTP on 127.0.0.1 instead; whoever can reach it acts in the agent's name
  --port N          port for --http (default 8790)
${STACK_HELP}

The key's password is GENESIS_PASSWORD, or keys/password in the data folder. Sealed decisions wait beside the key, in
FILE.opinions.

Examples:
  genesis mcp --id worker-mcp
  genesis mcp --id reviewer-mcp --http --port 8791
  genesis mcp --id worker-mcp --identity ./agent.pem --url http://127.0.0.1:8788

Exit codes: 0 ended by its client or a signal, 2 the input could not be used.
`

export const command: Command = {
  name: 'mcp',
  summary: 'tools for an agent, over the Model Context Protocol',
  help: HELP,
  run: async (args, io) => {
    const { values } = readArgs({
      args: [...args],
      options: {
        ...STACK_OPTIONS,
        id: { type: 'string' },
        identity: { type: 'string' },
        http: { type: 'boolean', default: false },
        port: { type: 'string', default: '8790' },
      },
    })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    const id = required(values.id, '--id')
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) throw usage('--port is a number up to 65535')
    const data = dataFolder(values.data)
    const file =
      values.identity === undefined ? join(data, 'keys', 'identities', `${id}.pem`) : resolve(values.identity)
    const key = readIdentityKey(file, passwordIn(data))
    const client = clientFor(values)
    const { deployment } = await deploymentOf(client)
    const signer = signerOfKey(key)
    const hands = {
      client,
      deployment,
      clock: systemClock,
      author: { id, signer },
      key,
      opinions: opinionsInFolder(`${file}.opinions`),
    }
    const trouble = (cause: Error): void => io.err(`mcp: ${cause.message}\n`)
    const serving = values.http ? await overHttp(hands, Number(values.port), trouble) : overStdio(hands, trouble)
    const where = serving.url ?? 'standard input and output'
    if (values.json && values.http) io.out(`${JSON.stringify({ id, url: serving.url ?? null })}\n`)
    io.err(`${id} (key ${hex(signer.publicKey).slice(0, 16)}…) at ${client.url}, over ${where}\n`)
    await ended(values.http)
    await serving.close()
    return EXIT.yes
  },
}

/** Over standard input its end is the end; over HTTP a signal is. */
function ended(http: boolean): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    if (http) return
    process.stdin.once('end', () => done())
    process.stdin.once('close', () => done())
  })
}
