/** What `npm run scenario` can be told. */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../protocol/wire/fault.ts'
import { ROOT } from '../setup/places.mjs'

export type Options = {
  readonly what: 'month' | 'chain' | 'help'
  readonly seed: string
  readonly days: number
  readonly missions: number
  readonly out: string
  /** Undefined: any free port. */
  readonly chainPort: number | undefined
  readonly verify: boolean
  readonly json: boolean
}

export const HELP = `Usage: npm run scenario -- month [options]
       npm run scenario -- chain [--out DIR] [--chain-port N]

A scripted month of work on a development clock, with everything real but the time: the law, the ledger, fifteen BLS
signers who fold before they sign, the contracts on an EVM chain whose blocks bear the clock's time, wallets that sign
approvals. Keys and turns of fate come from the seed: the same seed gives the same ledger head.

  month   plays the month, writes the archive and the chain's state to DIR, and verifies them as anybody would
  chain   starts the chain of an earlier run again, to verify its archive with genesis verify

  --seed TEXT       what keys and chance are made of (default 1)
  --days N          how long the month is, 1 to 60 (default 30)
  --missions N      how many missions there are, 1 to 400 (default 200)
  --out DIR         where it is written; a run that is there is replaced (default .genesis/scenario-month)
  --chain-port N    port of the chain (default: any that is free)
  --no-verify       do not verify at the end
  --json            the outcome as JSON
  --help            this text

Examples:
  npm run scenario -- month
  npm run scenario -- month --days 3 --missions 20 --seed small
  npm run scenario -- chain --chain-port 4611

Exit codes: 0 played and verified, 1 the month did not verify or an act failed, 2 the options could not be used.
`

export function readOptions(args: readonly string[]): Options {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        days: { type: 'string', default: '30' },
        missions: { type: 'string', default: '200' },
        out: { type: 'string' },
        'chain-port': { type: 'string' },
        'no-verify': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (cause) {
    throw new Fault('option-unknown', { reason: cause instanceof Error ? cause.message : '' }, { cause })
  }
  const { values, positionals } = parsed
  const [what = 'help', ...more] = positionals
  if (more.length > 0 || (what !== 'month' && what !== 'chain' && what !== 'help')) {
    throw new Fault('option-unknown', { given: positionals.join(' ') })
  }
  return {
    what: values.help ? 'help' : what,
    seed: values.seed,
    days: numberOf('--days', values.days, 1, 60),
    missions: numberOf('--missions', values.missions, 1, 400),
    out: values.out === undefined ? join(ROOT, '.genesis', 'scenario-month') : resolve(ROOT, values.out),
    chainPort:
      values['chain-port'] === undefined ? undefined : numberOf('--chain-port', values['chain-port'], 1, 65_535),
    verify: !values['no-verify'],
    json: values.json,
  }
}

function numberOf(option: string, given: string, least: number, most: number): number {
  const number = Number(given)
  if (!/^\d{1,6}$/.test(given) || number < least || number > most) {
    throw new Fault('option-invalid', { option, given, least, most })
  }
  return number
}
