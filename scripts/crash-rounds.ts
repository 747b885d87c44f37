/**
 * Kill -9 under load, a hundred rounds by default: the long form of test/runtime/ledger/crash.test.ts.
 *
 *     node scripts/crash-rounds.ts [rounds] [seed]
 *
 * Exit code 0 when everything acknowledged was there after every kill, else 1.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [rounds = '100', seed = '1'] = process.argv.slice(2)
const test = fileURLToPath(new URL('../test/runtime/ledger/crash.test.ts', import.meta.url))
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', test], {
  stdio: 'inherit',
  env: { ...process.env, CRASH_ROUNDS: rounds, CRASH_SEED: seed },
})
process.exit(status === 0 ? 0 : 1)
