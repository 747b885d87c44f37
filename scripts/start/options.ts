/** What `npm start` can be told. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../protocol/wire/fault.ts'
import { ROOT } from '../setup/places.mjs'

export type Options = {
  readonly data: string
  readonly port: number
  readonly chainPort: number
  readonly reset: boolean
  readonly help: boolean
  /** Whether the two worked missions are started on a fresh deployment. */
  readonly missions: boolean
  /** Whether a start may begin at a snapshot of the ledger's state. */
  readonly snapshots: boolean
  /** Whether the web app is built and served. */
  readonly app: boolean
}

export const HELP = `Usage: npm start -- [options]

Starts the whole system on this machine: a development chain, the runtime with its ledger, fifteen committee
members, agents and the web app. The first start deploys the contracts, founds a deployment and runs two worked
missions up to where a human is needed. Data is kept for the next start.

  --port N          port of the app and the API (default 4600)
  --chain-port N    port of the development chain (default: port + 1)
  --data DIR        where the data is kept (default .genesis; also GENESIS_DATA)
  --reset           forget the data of an earlier start
  --no-missions     do not start the two worked missions
  --no-app          serve the API alone
  --no-snapshot     fold the whole ledger at the start, and keep no snapshots
  --help            this text

Examples:
  npm start
  npm start -- --port 5000 --data /tmp/try --reset

Ctrl-C stops everything. Exit code 0 after a clean stop, 1 when it could not start or stopped by a fault.
`

export function readOptions(args: readonly string[]): Options {
  let values
  try {
    ;({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'chain-port': { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
        'no-missions': { type: 'boolean', default: false },
        'no-app': { type: 'boolean', default: false },
        'no-snapshot': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }))
  } catch (cause) {
    throw new Fault('option-unknown', { reason: cause instanceof Error ? cause.message : '' }, { cause })
  }
  const port = portOf('--port', values.port, 4600)
  const chainPort = portOf('--chain-port', values['chain-port'], port === LAST_PORT ? port - 1 : port + 1)
  if (chainPort === port) throw new Fault('option-invalid', { option: '--chain-port', given: String(chainPort) })
  return {
    data: resolve(ROOT, values.data ?? process.env.GENESIS_DATA ?? '.genesis'),
    port,
    chainPort,
    reset: values.reset,
    missions: !values['no-missions'],
    app: !values['no-app'],
    snapshots: !values['no-snapshot'],
    help: values.help,
  }
}

const LAST_PORT = 65_535

function portOf(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  const port = Number(given)
  if (!/^\d+$/.test(given) || port < 1 || port > LAST_PORT) throw new Fault('option-invalid', { option: name, given })
  return port
}
